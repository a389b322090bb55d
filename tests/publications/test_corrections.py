"""A published record is corrected at its address: proposed by its member, decided by an editor."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from content import deciding
from content.models import Case
from members import roles
from publications import correcting, recording, reviewing, services, uploading
from publications.models import Draft, Publication
from taxonomy.models import Licence, PublicationType, Topic
from tests import factories
from tests.files import making
from tests.publications.uploads import fill_in, pdf, send, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(sharer, member):
    made = factories.publication(
        "Pensions for market traders",
        owner=member,
        year=2019,
        type=PublicationType.objects.get(slug="report"),
        licence=Licence.objects.get(slug="permission"),
        authors=[("Sen", "Amartya")],
    )
    made.topics.set(Topic.objects.all())
    services.add_document(publication=made, content=making.pdf("First words"), name="first.pdf")
    return made


def change(client, record, **sent):
    response = client.post(reverse("publications:change", args=[record.pk]), sent)
    assert response.status_code == 302
    return Draft.objects.unsent().get(publication=record)


def correct(client, record, **typed):
    draft = change(client, record)
    return send(client, draft, **as_it_is(draft) | {"note": "The year was wrong."} | typed)


def as_it_is(draft):
    said = {name: values if name == "topics" else values[0] for name, values in draft.data.items() if values}
    return {"places": "", "abstract": ""} | said


def publish(staff):
    case = Case.objects.get(subject="correction")
    deciding.publish(case=case, by=staff, turn=case.turn)


def test_a_correction_waits_and_the_page_stays_as_it_is(record, sharer):
    draft = correct(sharer, record, year="2020")
    record.refresh_from_db()
    assert (record.year, record.status) == (2019, "published")
    assert (draft.sent_at is None, draft.applied_at) == (False, None)
    assert Case.objects.get().subject == "correction"


def test_an_accepted_correction_becomes_the_record(record, sharer, staff):
    draft = correct(sharer, record, year="2020", title="Pensions for street traders")
    slug = record.slug
    publish(staff)
    record.refresh_from_db()
    draft.refresh_from_db()
    assert (record.year, record.title_en, record.slug) == (2020, "Pensions for street traders", slug)
    assert record.title_keys.get().key == "pensions for street traders"
    assert draft.applied_at is not None


def test_a_declined_correction_leaves_the_record(record, sharer, staff):
    correct(sharer, record, year="2020")
    case = Case.objects.get()
    deciding.decline(case=case, by=staff, turn=case.turn, reason="It was right.")
    record.refresh_from_db()
    assert (record.year, record.status) == (2019, "published")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert uploading.remove_forgotten_drafts() == 1


def test_a_correction_that_waits_is_not_forgotten(record, sharer):
    correct(sharer, record, year="2020")
    with time_machine.travel(timezone.now() + timedelta(days=90)):
        assert uploading.remove_forgotten_drafts() == 0


def test_the_editor_sees_before_and_after(record, sharer, client, staff):
    draft = correct(sharer, record, year="2020", authors="Sen, Amartya\nDrèze, Jean")
    changes = {change.label: (change.before, change.after) for change in reviewing.changes_of(record, draft)}
    assert changes == {"Published": ("2019", "2020"), "Authors": ("Amartya Sen", "Amartya Sen; Jean Drèze")}
    client.force_login(staff)
    page = client.get(reverse("review_case", args=[Case.objects.get().pk])).content.decode()
    assert "What it would change" in page
    assert "Jean Drèze" in page


def test_a_new_file_is_version_two_at_the_same_address_and_the_first_stays_readable(record, sharer, client, staff):
    first = record.documents.get()
    draft = change(sharer, record, file="1")
    sharer.post(step(draft, "file"), {"upload": pdf("Second words", "second.pdf"), "replaces": str(first.pk)})
    draft = correct(sharer, record, note="Table 3 is right now.")
    stored = draft.file
    assert client.get(stored.get_absolute_url()).status_code == 200  # its owner
    client.logout()
    assert client.get(stored.get_absolute_url()).status_code == 404
    client.force_login(staff)
    assert client.get(stored.get_absolute_url()).status_code == 200
    publish(staff)
    client.logout()
    page = client.get(record.get_absolute_url()).content.decode()
    assert "version 2" in page
    assert "Table 3 is right now." in page
    assert client.get(first.file.get_absolute_url()).status_code == 200


def test_what_changed_is_said(record, sharer):
    draft = change(sharer, record)
    response = fill_in(sharer, draft, note="")
    assert "Say what you changed" in response.content.decode()


def test_nobody_proposes_a_second_correction_while_one_waits(record, sharer):
    correct(sharer, record, year="2020")
    response = sharer.post(reverse("publications:change", args=[record.pk]))
    assert response["Location"].endswith("?waiting=1")
    assert "waits for an editor" in sharer.get(response["Location"]).content.decode()


def test_a_correction_that_needs_changes_goes_on_in_the_same_draft(record, sharer, staff):
    draft = correct(sharer, record, year="2020")
    case = Case.objects.get()
    deciding.ask_for_changes(case=case, by=staff, turn=case.turn, note="Sure?")
    assert change(sharer, record) == draft
    correct(sharer, record, year="2021")
    case.refresh_from_db()
    assert (case.state, Case.objects.count()) == ("waiting", 1)
    publish(staff)
    record.refresh_from_db()
    assert record.year == 2021


def test_somebody_trusted_corrects_at_once(record, sharer, member):
    roles.give_role(user=member, role=roles.Role.TRUSTED, by=None)
    correct(sharer, record, year="2020")
    record.refresh_from_db()
    assert record.year == 2020
    assert not Case.objects.exists()


def test_somebody_else_proposes_a_file_and_the_owner_reads_nothing_of_it(record, client, other_member, staff):
    client.force_login(other_member)
    draft = uploading.begin_with_file(by=other_member, content=pdf("In French", "fr.pdf"), name="fr.pdf")
    correction = correcting.offer_file(draft=draft, publication=record, by=other_member)
    send(client, correction, **as_it_is(correction) | {"note": "Here it is in French."})
    page = reverse("publications:contribution", args=[record.pk])
    assert "Here it is in French." in client.get(page).content.decode()
    assert record.title_en in client.get(reverse("publications:mine")).content.decode()
    client.force_login(record.owner)
    assert "Here it is in French." not in client.get(page).content.decode()
    publish(staff)
    assert record.documents.current().count() == 2


def test_a_correction_that_no_longer_fits_is_told_to_the_editor_and_changes_nothing(record, sharer, staff):
    draft = correct(sharer, record, year="2020")
    Draft.objects.filter(pk=draft.pk).update(data={**draft.data, "type": ["gone"]})
    with pytest.raises(Exception, match="Choose what it is"):
        publish(staff)
    record.refresh_from_db()
    assert record.year == 2019


# ---------- Taken back by the editor ----------


def take_back(staff):
    case = Case.objects.get(subject="correction")
    deciding.undo(case=case, by=staff, turn=case.turn)
    return case


def test_a_correction_that_was_accepted_by_mistake_is_taken_out_whole_and_waits_again(record, sharer, staff):
    said = recording.state_of(record)
    draft = correct(
        sharer, record, year="2020", title="Pensions for street traders", authors="Tan, Grace", places="Kenya"
    )
    publish(staff)
    case = take_back(staff)
    record.refresh_from_db()
    draft.refresh_from_db()
    assert recording.state_of(record) == said
    assert draft.applied_at is None
    case.refresh_from_db()
    assert case.state == "waiting"


def test_the_file_of_a_correction_that_is_taken_back_gives_way_to_the_one_before(record, sharer, staff):
    first = record.current_documents[0]
    draft = change(sharer, record, file="1")
    sharer.post(step(draft, "file"), {"upload": pdf("Second words", "second.pdf"), "replaces": str(first.pk)})
    draft.refresh_from_db()
    send(sharer, draft, **as_it_is(draft) | {"note": "A better scan."})
    publish(staff)
    assert [document.version for document in Publication.objects.get(pk=record.pk).current_documents] == [2]
    take_back(staff)
    assert Publication.objects.get(pk=record.pk).current_documents == [first]


def test_a_correction_that_was_taken_back_can_be_accepted_after_all(record, sharer, staff):
    correct(sharer, record, year="2020")
    publish(staff)
    take_back(staff)
    publish(staff)
    record.refresh_from_db()
    assert record.year == 2020


def test_a_file_offered_to_a_record_whose_correction_waits_is_kept_and_told(record, sharer, client, other_member):
    correct(sharer, record, year="2020")
    draft = uploading.begin_with_file(by=other_member, content=pdf("In French", "fr.pdf"), name="fr.pdf")
    client.force_login(other_member)
    answer = client.post(reverse("publications:draft_same", args=[draft.key, record.pk]), {"add": "1"}, follow=True)
    assert "waits for an editor" in answer.text
    assert Draft.objects.filter(pk=draft.pk).exists()
