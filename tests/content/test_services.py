from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from model_bakery import baker

from content import services
from content.models import ReviewStep, TranslationState
from stakeholders.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return baker.make(
        Organisation,
        slug="fund",
        name_en="Fund",
        name_fr="Fonds",
        name_es="Fondo",
        description_en="Pays pensions.",
        original_language="en",
        status="draft",
    )


def states(record):
    about = TranslationState.objects.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)
    return {(state.field, state.language): state for state in about}


def steps(record):
    return list(ReviewStep.objects.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk))


def edit(record, by, **texts):
    for name, text in texts.items():
        setattr(record, name, text)
    services.save_record(record=record, by=by)


def test_publishing_makes_a_record_public_and_says_who_did_it(organisation, staff):
    services.publish(record=organisation, by=staff)
    organisation.refresh_from_db()
    assert organisation.is_published
    assert organisation.published_at is not None
    assert [(step.status, step.by) for step in steps(organisation)] == [("published", staff)]


def test_publishing_what_is_public_changes_nothing(organisation, staff):
    services.publish(record=organisation, by=staff)
    first = Organisation.objects.get().published_at
    services.publish(record=organisation, by=staff)
    assert Organisation.objects.get().published_at == first
    assert len(steps(organisation)) == 1


def test_withdrawing_keeps_the_reason_and_says_who_did_it(organisation, staff):
    services.publish(record=organisation, by=staff)
    services.withdraw(record=organisation, by=staff, reason="It was counted twice.")
    organisation.refresh_from_db()
    assert (organisation.status, organisation.withdrawal_reason) == ("withdrawn", "It was counted twice.")
    assert organisation.withdrawn_at is not None
    assert steps(organisation)[-1].note == "It was counted twice."


def test_withdrawing_without_a_reason_is_refused(organisation, staff):
    with pytest.raises(ValueError, match="reason"):
        services.withdraw(record=organisation, by=staff, reason="  ")


def test_a_corrected_reason_keeps_the_day_of_the_withdrawal(organisation, staff):
    services.withdraw(record=organisation, by=staff, reason="Wrong")
    day = Organisation.objects.get().withdrawn_at
    services.withdraw(record=organisation, by=staff, reason="It was counted twice.")
    assert Organisation.objects.get().withdrawn_at == day


def test_a_withdrawn_record_can_be_published_again_and_keeps_its_first_day(organisation, staff):
    services.publish(record=organisation, by=staff)
    first = Organisation.objects.get().published_at
    services.withdraw(record=organisation, by=staff, reason="Wrong")
    services.publish(record=organisation, by=staff)
    organisation.refresh_from_db()
    assert (organisation.status, organisation.published_at, organisation.withdrawal_reason) == ("published", first, "")


def test_every_translation_gets_a_state_and_the_original_none(organisation, staff):
    services.save_record(record=organisation, by=staff)
    assert set(states(organisation)) == {("name", "fr"), ("name", "es")}


def test_changing_the_original_outdates_the_translations_of_that_field_alone(organisation, staff):
    edit(organisation, staff, description_fr="Verse des pensions.")
    edit(organisation, staff, name_en="Pension Fund")
    known = states(organisation)
    assert known["name", "fr"].outdated_since is not None
    assert known["name", "es"].outdated_since is not None
    assert known["description", "fr"].outdated_since is None


def test_an_outdated_translation_keeps_the_first_date(organisation, staff):
    edit(organisation, staff, name_en="Pension Fund")
    since = timezone.now() - timedelta(days=3)
    TranslationState.objects.update(outdated_since=since)
    edit(organisation, staff, name_en="National Pension Fund")
    assert states(organisation)["name", "fr"].outdated_since == since


def test_rewriting_a_translation_makes_it_human_and_up_to_date(organisation, staff):
    edit(organisation, staff, name_en="Pension Fund")
    TranslationState.objects.update(origin="machine")
    edit(organisation, staff, name_fr="Caisse de pension")
    known = states(organisation)
    assert (known["name", "fr"].origin, known["name", "fr"].outdated_since) == ("human", None)
    assert known["name", "es"].origin == "machine"
    assert known["name", "es"].outdated_since is not None


def test_a_translation_changed_together_with_its_original_is_up_to_date(organisation, staff):
    edit(organisation, staff, name_en="Pension Fund", name_fr="Caisse de pension")
    assert states(organisation)["name", "fr"].outdated_since is None


def test_a_deleted_translation_loses_its_state(organisation, staff):
    services.save_record(record=organisation, by=staff)
    edit(organisation, staff, name_es="")
    assert ("name", "es") not in states(organisation)


def test_a_new_original_language_turns_the_former_original_into_a_translation(organisation, staff):
    services.save_record(record=organisation, by=staff)
    organisation.original_language = "fr"
    services.save_record(record=organisation, by=staff)
    assert set(states(organisation)) == {("name", "en"), ("name", "es"), ("description", "en")}


def test_a_change_of_texts_is_written_down_with_the_fields(organisation, staff):
    edit(organisation, staff, name_fr="Caisse")
    (step,) = steps(organisation)
    assert (step.by, step.note) == (staff, "Text changed: name (French)")


def test_saving_without_a_change_of_texts_writes_nothing_down(organisation, staff):
    edit(organisation, staff, website="https://fund.example")
    assert steps(organisation) == []
