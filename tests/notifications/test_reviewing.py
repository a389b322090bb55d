"""What members and editors hear of a case: from its steps, in their language."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone
from model_bakery import baker

from content import deciding, review
from content.models import Case
from members.models import User
from notifications import preferences
from notifications.models import Letter, Notice
from notifications.reviewing import still_waiting
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db):
    return baker.make(User, email="editor@cast.example", display_name="Edna", is_staff=True, language="es")


def sent_in(member, title: str = "Hunger grants", **fields) -> Case:
    record = factories.publication(title, owner=member, status="draft", published_at=None, **fields)
    return review.submit(record=record, by=member)


def letters(user, state: str = Letter.State.PLANNED) -> list[str]:
    rows = Letter.objects.filter(user=user, state=state).exclude(template="review/received")
    return list(rows.order_by("pk").values_list("template", flat=True))


def turn(case: Case) -> int:
    case.refresh_from_db()
    return case.turn


def test_sending_in_gives_a_receipt_once(member, editor):
    case = sent_in(member)
    deciding.ask_for_changes(case=case, by=editor, turn=turn(case), note="Name the source.")
    review.submit(record=review.record_of(case), by=member)
    assert Letter.objects.filter(user=member, template="review/received").count() == 1


def test_editors_hear_in_their_summary_of_what_waits(member, editor):
    case = sent_in(member)
    notice = Notice.objects.get(user=editor)
    assert (notice.kind, notice.summary_due_at is not None) == ("staff_waiting", True)
    assert still_waiting([notice]) == [notice]
    deciding.publish(case=case, by=editor, turn=turn(case))
    assert still_waiting([notice]) == []


DECISIONS = {
    "review/changes_asked": lambda **more: deciding.ask_for_changes(note="Name the source.", **more),
    "review/published": lambda **more: deciding.publish(**more),
    "review/declined": lambda **more: deciding.decline(reason="Not on social protection.", **more),
}


@pytest.mark.parametrize("template", DECISIONS)
def test_a_decision_is_told_once_it_can_no_longer_be_taken_back(member, editor, template):
    case = sent_in(member)
    DECISIONS[template](case=case, by=editor, turn=turn(case))
    assert letters(member) == [template]
    letter = Letter.objects.get(template=template)
    assert timedelta(0) <= letter.due_at - timezone.now() <= settings.REVIEW_UNDO
    assert letter.context["title"] == "Hunger grants"


@pytest.mark.parametrize("template", DECISIONS)
def test_a_decision_taken_back_in_time_is_never_told(member, editor, template):
    case = sent_in(member)
    DECISIONS[template](case=case, by=editor, turn=turn(case))
    deciding.undo(case=case, by=editor, turn=turn(case))
    assert letters(member) == []
    assert letters(member, Letter.State.SKIPPED) == [template]
    assert not Notice.objects.filter(user=member, template=template).exists()


def test_a_decision_that_was_told_already_is_told_to_be_taken_back(member, editor):
    case = sent_in(member)
    DECISIONS["review/declined"](case=case, by=editor, turn=turn(case))
    Letter.objects.filter(template="review/declined").update(state=Letter.State.SENT)
    deciding.undo(case=case, by=editor, turn=turn(case))
    assert letters(member) == ["review/undone"]


def test_what_can_be_answered_leads_to_the_members_own_page(client, member, editor):
    case = sent_in(member)
    DECISIONS["review/changes_asked"](case=case, by=editor, turn=turn(case))
    path = Letter.objects.get(template="review/changes_asked").context["path"]
    client.force_login(member)
    assert "Name the source." in client.get(path).content.decode()


def test_an_editors_letter_leads_to_the_case(client, member, editor):
    case = sent_in(member)
    DECISIONS["review/changes_asked"](case=case, by=editor, turn=turn(case))
    case.refresh_from_db()
    review.answer(case=case, by=member, note="It is in the annex.")
    client.force_login(editor)
    path = Letter.objects.get(template="review/answered").context["path"]
    assert client.get(path).status_code == 200
    assert path.startswith("/es/")


def test_a_duplicate_leads_to_the_other_record(member, editor):
    other = factories.publication("Hunger grants, first edition")
    case = sent_in(member)
    deciding.mark_duplicate(case=case, by=editor, turn=turn(case), of=other)
    context = Letter.objects.get(template="review/duplicate").context
    assert (context["other_title"], context["other_path"]) == (
        "Hunger grants, first edition",
        other.get_absolute_url(),
    )


def test_an_editors_message_leaves_at_once(member, editor):
    case = sent_in(member)
    deciding.say(case=case, by=editor, turn=turn(case), note="Which year?")
    letter = Letter.objects.get(template="review/said")
    assert letter.due_at <= timezone.now()
    assert letter.context["note"] == "Which year?"


def test_the_members_answer_goes_to_the_editor_whose_case_it_is(member, editor, staff):
    case = sent_in(member)
    deciding.ask_for_changes(case=case, by=editor, turn=turn(case), note="Name the source.")
    case.refresh_from_db()
    review.answer(case=case, by=member, note="It is in the annex.")
    assert letters(editor) == ["review/answered"]
    assert letters(staff) == []


def test_an_editor_gets_answers_as_they_chose(member, editor):
    preferences.choose(user=editor, frequencies={"case": "daily"})
    case = sent_in(member)
    deciding.ask_for_changes(case=case, by=editor, turn=turn(case), note="Name the source.")
    case.refresh_from_db()
    review.submit(record=review.record_of(case), by=member)
    assert letters(editor) == []
    assert Notice.objects.get(user=editor, kind="case").summary_due_at is not None


def test_a_letter_speaks_the_members_language(member, editor):
    member.language = "fr"
    member.save()
    case = sent_in(member, title_fr="Aides contre la faim")
    deciding.publish(case=case, by=editor, turn=turn(case))
    letter = Letter.objects.get(template="review/published")
    assert (letter.language, letter.context["title"]) == ("fr", "Aides contre la faim")
    assert letter.context["path"].startswith("/fr/")


def test_who_publishes_their_own_is_not_written_to(member):
    member.groups.add(Group.objects.get_or_create(name="trusted")[0])
    sent_in(member)
    assert letters(member) == []


def test_the_line_stands_on_the_page_once_the_decision_holds(member, editor):
    case = sent_in(member)
    deciding.publish(case=case, by=editor, turn=turn(case))
    seen = Notice.objects.visible_to(member).filter(template="review/published")
    assert not seen.exists()
    with time_machine.travel(timezone.now() + settings.REVIEW_UNDO + timedelta(seconds=1)):
        assert seen.model.objects.visible_to(member).filter(template="review/published").exists()
