"""A member follows what became of what they sent in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from content import deciding, review
from content.models import Case
from tests import factories
from tests.publications.uploads import begin, fill_in, pdf, send, step

pytestmark = pytest.mark.django_db

MINE = reverse("publications:mine")


def page_of(record, name="contribution"):
    return reverse(f"publications:{name}", args=[record.pk])


@pytest.fixture
def sent(sharer):
    return send(sharer, begin(sharer, way="file", upload=pdf())).publication


def test_the_empty_page_says_what_it_is_for(sharer):
    page = sharer.get(MINE).content.decode()
    assert "Nothing here yet" in page
    assert reverse("publications:upload") in page


def test_drafts_and_records_in_every_state_are_listed_what_waits_for_the_member_first(sharer, member):
    begin(sharer, way="link", link="https://www.example.org/a")
    asked = factories.publication("Asked", status="changes_asked", published_at=None, owner=member)
    shown = factories.publication("Shown", owner=member, view_count=7)
    declined = factories.publication(
        "Left", status="withdrawn", published_at=None, withdrawn_at=timezone.now(), withdrawal_reason="x", owner=member
    )
    factories.publication("Somebody else’s")
    response = sharer.get(MINE)
    assert [record for record, _state in response.context["rows"]] == [asked, shown, declined]
    page = response.content.decode()
    assert all(words in page for words in ("Changes asked", "7 views", "Not published", "kept for 29 more days"))
    assert "Somebody else’s" not in page


def test_the_list_takes_as_many_queries_for_twenty_as_for_one(sharer, member):
    counts = []
    sharer.get(MINE)  # what is remembered between pages
    for number in (1, 19):
        for _again in range(number):
            factories.publication(owner=member)
            begin(sharer, way="link", link="https://www.example.org/a")
        with CaptureQueriesContext(connection) as queries:
            sharer.get(MINE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_long_lists_have_pages(sharer, member):
    for number in range(21):
        factories.publication(f"Number {number}", owner=member)
    assert len(sharer.get(f"{MINE}?page=2").context["rows"]) == 1


def test_a_contribution_does_not_exist_for_others(sent, client, other_member):
    client.force_login(other_member)
    for name in ("contribution", "withdraw"):
        assert client.get(page_of(sent, name)).status_code == 404
    for name in ("answer", "change", "withdraw"):
        assert client.post(page_of(sent, name)).status_code == 404
    client.logout()
    assert client.get(page_of(sent)).status_code == 302


def test_the_conversation_goes_to_and_fro_and_back_to_the_same_editor(sent, sharer, staff):
    case = Case.objects.get()
    deciding.ask_for_changes(case=case, by=staff, turn=case.turn, note="Which year is it?")
    page = sharer.get(page_of(sent)).content.decode()
    assert "Which year is it?" in page
    assert "An editor asked you for changes" in page
    response = sharer.post(page_of(sent, "answer"), {"text": ""})
    assert "Write your message first" in response.content.decode()
    sharer.post(page_of(sent, "answer"), {"text": "It is 2021."})
    case.refresh_from_db()
    assert (case.state, case.editor) == ("waiting", staff)
    assert "It is 2021." in sharer.get(page_of(sent)).content.decode()


def test_changes_are_made_in_the_same_form_and_sent_again(sent, sharer, staff):
    case = Case.objects.get()
    deciding.ask_for_changes(case=case, by=staff, turn=case.turn, note="Which year is it?")
    address = sharer.post(page_of(sent, "change"))["Location"]
    assert "Pensions for market traders" in sharer.get(address).content.decode()
    draft = sent.drafts.unsent().get()
    send(sharer, draft, year="2020", note="Now it is right.")
    sent.refresh_from_db()
    case.refresh_from_db()
    assert (sent.year, sent.status, case.state, case.editor) == (2020, "in_review", "waiting", staff)
    assert [step.note for step in review.conversation(sent)][-1] == "Now it is right."
    assert sent.documents.count() == 1


def test_the_draft_of_a_change_is_one_however_often_it_is_begun(sent, sharer):
    first = sharer.post(page_of(sent, "change"))["Location"]
    assert sharer.post(page_of(sent, "change"))["Location"] == first


def test_a_new_file_takes_the_place_of_the_one_in_review(sent, sharer):
    former = sent.documents.get()
    sharer.post(page_of(sent, "change"), {"file": "1"})
    draft = sent.drafts.unsent().get()
    sharer.post(step(draft, "file"), {"upload": pdf("Better words", "better.pdf"), "replaces": str(former.pk)})
    send(sharer, draft)
    document = sent.documents.get()
    assert (document.file.name, document.version) == ("better.pdf", 1)


def test_somebody_whose_record_is_declined_reads_why_and_may_answer(sent, sharer, staff):
    case = Case.objects.get()
    deciding.decline(case=case, by=staff, turn=case.turn, reason="It is an advertisement.")
    page = sharer.get(page_of(sent)).content.decode()
    assert "It is an advertisement." in page
    assert "Why it is not published" in page
    sharer.post(page_of(sent, "answer"), {"text": "It is a report."})
    sent.refresh_from_db()
    assert sent.status == "in_review"


def test_an_owner_withdraws_with_a_reason_and_the_address_says_so(sharer, client, member):
    record = factories.publication("Wrong", owner=member)
    assert "Its address stays" in sharer.get(page_of(record, "withdraw")).content.decode()
    response = sharer.post(page_of(record, "withdraw"), {"reason": " "})
    assert "Say why, in words for readers" in response.content.decode()
    record.refresh_from_db()
    assert record.is_published
    sharer.post(page_of(record, "withdraw"), {"reason": "Table 2 is wrong."})
    client.logout()
    response = client.get(record.get_absolute_url())
    assert response.status_code == 410
    assert "Table 2 is wrong." in response.content.decode()


def test_nothing_can_be_changed_in_what_was_withdrawn(sharer, member):
    record = factories.publication(status="withdrawn", withdrawn_at=timezone.now(), withdrawal_reason="x", owner=member)
    assert sharer.get(page_of(record)).status_code == 200
    assert sharer.post(page_of(record, "change")).status_code == 403
    assert sharer.post(page_of(record, "withdraw"), {"reason": "y"}).status_code == 403


def test_the_page_of_a_record_leads_its_owner_here_and_nobody_else(sent, sharer, client, staff):
    assert page_of(sent) in sharer.get(sent.get_absolute_url()).content.decode()
    client.force_login(staff)
    page = client.get(sent.get_absolute_url()).content.decode()
    assert page_of(sent) not in page
    assert reverse("admin:publications_publication_change", args=[sent.pk]) in page
    assert reverse("review_case", args=[Case.objects.get().pk]) in page


def test_fill_in_after_sending_changes_nothing(sent, sharer):
    draft = sent.drafts.get()
    assert fill_in(sharer, draft, title="Other").status_code == 302
    sent.refresh_from_db()
    assert sent.title_en.startswith("Pensions")
