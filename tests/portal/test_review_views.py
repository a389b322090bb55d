"""The inbox of the editors and the page of a case."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from lxml import html
from model_bakery import baker

from content import deciding, review
from content.models import Case
from members.models import User
from search import services
from tests import factories
from tests.reading import parse

pytestmark = pytest.mark.django_db
QUEUE = "/en/staff/review/"


@pytest.fixture
def editor(db):
    return baker.make(User, email="editor@cast.example", display_name="Edna", is_staff=True)


@pytest.fixture
def other_editor(db):
    return baker.make(User, email="second@cast.example", display_name="Sven", is_staff=True)


@pytest.fixture
def desk(editor) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def text_of(response) -> str:
    root, _errors = parse(response.content.decode())
    return " ".join("".join(root.itertext()).split())


def sent_in(member, title="Cash transfers in Kenya", **fields) -> Case:
    record = factories.publication(title, owner=member, **({"status": "draft", "published_at": None} | fields))
    return review.submit(record=record, by=member)


def page_of(case: Case) -> str:
    return f"{QUEUE}{case.pk}/"


def step(client: Client, case: Case, step: str, query: str = "", **words):
    return client.post(page_of(case) + query, {"step": step, "turn": case.turn, **words})


# ---------- The inbox ----------


def test_what_waits_longest_stands_first(desk, member):
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        sent_in(member, "The older one")
    sent_in(member, "The newer one")
    page = desk.get(QUEUE).content.decode()
    assert page.index("The older one") < page.index("The newer one")


def test_what_waits_longer_than_promised_is_marked_in_words(desk, member):
    with time_machine.travel(timezone.now() - timedelta(days=7)):
        sent_in(member)
    page = desk.get(QUEUE).content.decode()
    assert "late</span>" in page
    assert "case--late" in page


def test_it_says_for_the_how_many_th_time_somebody_sent_something(desk, member):
    sent_in(member)
    sent_in(member)
    words = text_of(desk.get(QUEUE))
    assert "first contribution" in words
    assert "contribution number 2" in words


def test_who_looks_at_a_case_is_said(desk, member, other_editor):
    deciding.claim(case=sent_in(member), by=other_editor)
    assert "Being looked at by Sven since" in text_of(desk.get(QUEUE))


def test_tabs_count_what_they_hold(desk, member, editor):
    case = sent_in(member, "The asked one")
    deciding.ask_for_changes(case=case, by=editor, turn=case.turn, note="Year?")
    sent_in(member, "The waiting one")
    organisation = factories.organisation("A new institute", owner=member, status="draft", published_at=None)
    review.submit(record=organisation, by=member)
    assert "Everything that waits 2Publications 1Stakeholders 1With the member 1Decided" in text_of(desk.get(QUEUE))
    assert "The asked one" in text_of(desk.get(f"{QUEUE}?tab=with_member"))
    assert "The waiting one" not in text_of(desk.get(f"{QUEUE}?tab=organisation"))


def test_filters_keep_to_a_language_and_to_nobodys(desk, member, editor):
    sent_in(member, "In English")
    sent_in(member, "", title_fr="En français", original_language="fr")
    deciding.claim(case=Case.objects.get(language="fr"), by=editor)
    assert "In English" not in text_of(desk.get(f"{QUEUE}?lang=fr"))
    assert "En français" not in text_of(desk.get(f"{QUEUE}?who=nobody"))
    assert "In English" not in text_of(desk.get(f"{QUEUE}?who=mine"))


def test_an_empty_inbox_says_thank_you(desk):
    assert "Nothing waits" in text_of(desk.get(QUEUE))


def test_an_impossible_filter_shows_everything(desk, member):
    sent_in(member)
    assert "Cash transfers in Kenya" in text_of(desk.get(f"{QUEUE}?tab=%00&who=x&lang=xx&done=x"))


def test_a_record_that_was_deleted_leaves_a_row_that_says_so(desk, member):
    case = sent_in(member)
    review.record_of(case).delete()
    assert "deleted" in text_of(desk.get(QUEUE))
    assert desk.get(page_of(case)).status_code == 404


def test_the_inbox_takes_the_same_queries_for_one_case_and_for_twenty(desk, member):
    taken = []
    for number in range(20):
        record = factories.organisation(f"Institute {number}", owner=member, status="draft", published_at=None)
        review.submit(record=record, by=member)
        if number in (0, 19):
            desk.get(QUEUE)
            with CaptureQueriesContext(connection) as queries:
                desk.get(QUEUE)
            taken.append(len(queries))
    assert taken[0] == taken[1] <= 15


def test_the_header_counts_what_waits_for_editors_alone(desk, client, member, django_capture_on_commit_callbacks):
    sent_in(member)
    assert "Review 1" in text_of(desk.get("/en/"))
    with django_capture_on_commit_callbacks(execute=True):
        sent_in(member)
    assert "Review 2" in text_of(desk.get("/en/"))
    client.force_login(member)
    assert "staff/review" not in client.get("/en/").content.decode()


# ---------- A case ----------


def test_reading_a_case_takes_it_for_nobody(desk, member):
    case = sent_in(member)
    assert desk.get(page_of(case)).status_code == 200
    case.refresh_from_db()
    assert (case.claimed_by, case.turn) == (None, 1)


def test_looking_at_it_takes_it(desk, member, editor):
    case = sent_in(member)
    assert step(desk, case, "claim").url == page_of(case)
    case.refresh_from_db()
    assert case.claimed_by == editor


def test_what_another_looks_at_cannot_be_decided_but_taken_over(desk, member, editor, other_editor):
    case = sent_in(member)
    deciding.claim(case=case, by=other_editor)
    assert "Ask for changes" not in text_of(desk.get(page_of(case)))
    assert step(desk, case, "publish").status_code == 409
    step(desk, case, "take_over")
    assert step(desk, case, "publish").status_code == 302


def test_after_a_decision_the_next_case_opens_taken(desk, member, editor):
    first, second = sent_in(member, "One"), sent_in(member, "Two")
    response = step(desk, first, "publish", note="Thanks")
    assert response.url == f"{page_of(second)}?done={first.pk}"
    second.refresh_from_db()
    assert second.claimed_by == editor
    assert "Published: One. Undo until" in text_of(desk.get(response.url))


def test_every_form_of_the_pages_can_be_sent(desk, member):
    """With a token each, or Django refuses it: the test client does not ask."""
    first, _second, _third = sent_in(member), sent_in(member), sent_in(member)
    after = step(desk, first, "publish").url
    for address in (after, f"{QUEUE}?done={first.pk}"):
        forms = parse(desk.get(address).content.decode())[0].xpath("//main//form[@method='post']")
        assert len(forms) >= 2
        assert all(form.xpath(".//input[@name='csrfmiddlewaretoken']") for form in forms)


def test_the_next_case_is_of_the_same_filter(desk, member):
    first = sent_in(member, "", title_fr="Un", original_language="fr")
    sent_in(member, "Two")
    third = sent_in(member, "", title_fr="Trois", original_language="fr")
    assert step(desk, first, "publish", "?lang=fr").url == f"{page_of(third)}?lang=fr&done={first.pk}"


def test_after_the_last_case_the_inbox_opens_with_the_way_back(desk, member):
    case = sent_in(member)
    response = step(desk, case, "decline", reason="subject")
    assert response.url == f"{QUEUE}?done={case.pk}"
    page = desk.get(response.url)
    assert "Declined: Cash transfers in Kenya" in text_of(page)
    case.refresh_from_db()
    assert step(desk, case, "undo").status_code == 302
    case.refresh_from_db()
    assert case.state == "waiting"


def test_a_ready_reason_reaches_the_member_in_their_language(desk, member):
    member.language = "fr"
    member.save()
    case = sent_in(member)
    step(desk, case, "decline", reason="unreadable", note="See page 3.")
    reason = review.record_of(case).withdrawal_reason
    assert "cannot" not in reason
    assert reason.endswith("See page 3.")


def test_a_reason_in_the_editors_own_words_is_enough(desk, member):
    case = sent_in(member)
    step(desk, case, "decline", reason="own", note="It is a press release.")
    assert review.record_of(case).withdrawal_reason == "It is a press release."


def test_no_field_of_a_reason_that_is_needed_is_marked_as_optional(desk, member):
    page = html.fromstring(desk.get(page_of(sent_in(member))).content.decode())
    marked = [mark.getparent().get("for") for mark in page.cssselect("label > .optional")]
    assert marked == ["publish_note"]
    assert len(page.cssselect("#decline_reason, #decline_note")) == 2


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ask", "Say what should change"),
        ("decline", "Choose a reason or write one"),
        ("duplicate", "Choose the record that is here already"),
        ("say", "Write a message"),
    ],
)
def test_a_step_without_its_words_says_what_is_missing_twice(desk, member, name, sentence):
    case = sent_in(member)
    page = step(desk, case, name).content.decode()
    assert page.count(sentence) >= 2 or name == "duplicate"
    assert "Error:" in page
    case.refresh_from_db()
    assert case.state == "waiting"


def test_what_was_typed_is_kept_when_somebody_was_faster(desk, member, other_editor):
    case = sent_in(member)
    deciding.publish(case=case, by=other_editor, turn=case.turn)
    response = step(desk, case, "ask", note="My careful words")
    assert response.status_code == 409
    assert "Sven decided this case at" in text_of(response)
    assert "My careful words" in text_of(response)


def test_a_member_who_answers_meanwhile_is_read_before_the_decision(desk, member):
    case = sent_in(member)
    review.answer(case=case, by=member, note="I forgot the year: 2019.")
    response = step(desk, case, "ask", note="Which year?")
    assert response.status_code == 409
    assert "I forgot the year" in text_of(response)
    assert "Which year?</textarea>" in response.content.decode()


def test_a_duplicate_is_found_by_number_address_and_words(desk, member, tantivy):
    there = factories.publication("Pensions in Uganda", slug="pensions-in-uganda")
    services.rebuild_index()
    case = sent_in(member)
    for words in (
        f"{there.pk}",
        f"p{there.pk}",
        "https://x.example/fr/discover/publications/pensions-in-uganda/",
        "uganda",
    ):
        assert "Pensions in Uganda" in text_of(desk.get(page_of(case), {"find": words})), words
    step(desk, case, "duplicate", of=there.pk)
    case.refresh_from_db()
    assert (case.decision, case.duplicate_of) == ("duplicate", there.pk)


@pytest.mark.parametrize("of", ["0", "x", "99999999999999999999", ""])
def test_a_record_that_is_not_there_is_no_duplicate(desk, member, of):
    case = sent_in(member)
    assert step(desk, case, "duplicate", of=of).status_code == 200
    case.refresh_from_db()
    assert case.state == "waiting"


def test_a_case_with_the_member_takes_messages_only(desk, member, editor):
    case = sent_in(member)
    deciding.ask_for_changes(case=case, by=editor, turn=case.turn, note="Year?")
    case.refresh_from_db()
    assert step(desk, case, "publish").status_code == 409
    assert step(desk, case, "say", note="Take your time").url == page_of(case)
    assert "Take your time" in text_of(desk.get(page_of(case)))


def test_editors_see_what_they_sent_in_but_do_not_decide_on_it(desk, editor):
    case = sent_in(editor)
    assert "another editor decides" in text_of(desk.get(page_of(case)))
    assert step(desk, case, "publish").status_code == 403
    case.refresh_from_db()
    assert case.state == "waiting"


@pytest.mark.parametrize("turn", ["", "x", "99999999999999999999", "-1"])
def test_a_step_without_a_turn_is_refused(desk, member, turn):
    case = sent_in(member)
    assert desk.post(page_of(case), {"step": "publish", "turn": turn}).status_code == 400


def test_an_unknown_step_changes_nothing(desk, member):
    case = sent_in(member)
    assert step(desk, case, "explode").status_code == 409


def test_visitors_sign_in_first_and_members_stay_outside(client, member, other_member):
    case = sent_in(member)
    for address in (QUEUE, page_of(case)):
        assert "/accounts/login/" in client.get(address).url
    client.force_login(other_member)
    for address in (QUEUE, page_of(case)):
        assert client.get(address).status_code == 403
    assert step(client, case, "publish").status_code == 403


def test_titles_of_members_are_only_text(desk, member):
    case = sent_in(member, "<script>alert(1)</script>")
    assert escape("<script>alert(1)</script>") in desk.get(page_of(case)).content.decode()


def test_an_organisation_is_compared_with_every_name_there_is(desk, member):
    there = factories.organisation("International Labour Organization", acronym_fr="OIT")
    there.aliases.create(text="BIT")
    record = factories.organisation("bit", owner=member, status="draft", published_at=None)
    page = text_of(desk.get(page_of(review.submit(record=record, by=member))))
    assert "Goes by the same name: International Labour Organization" in page
    assert "No website" in page
