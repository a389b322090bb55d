"""The personal link of a panellist: sent, opened, taken back, expired; answers, remarks, agreement without account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from members import erasure
from notifications.models import Letter
from tests import factories
from webinars import asking, panel, question_letters, summaries
from webinars.models import PanelLink, Question, SummaryApproval, SummaryRemark

pytestmark = pytest.mark.django_db
TEXT = "Can an existing database be used in an emergency?"


@pytest.fixture
def webinar(staff):
    made = factories.webinar(slug="registries", starts_in=timedelta(days=-1), title_fr="Des registres")
    factories.organiser(made, staff)
    return made


@pytest.fixture
def speaker(webinar):
    return factories.panellist(webinar, "Rosa Quispe", affiliation="A ministry")


@pytest.fixture
def link(speaker, staff):
    return panel.send_link(panellist=speaker, email="Rosa@Ministry.example", language="es", by=staff)


@pytest.fixture
def question(webinar, member):
    return Question.objects.create(webinar=webinar, user=member, language="en", text=TEXT)


def part(link, name="panel", *more):
    return reverse(f"webinars:{name}", args=[link.panellist.webinar.slug, link.key, *more])


# ---------- Sent ----------


def test_an_organiser_sends_a_link_in_the_language_of_the_panellist(client, webinar, speaker, staff):
    client.force_login(staff)
    path = reverse("webinars:panel_link", args=[webinar.slug, speaker.pk])
    assert path in client.get(reverse("webinars:edit_panel", args=[webinar.slug])).content.decode()
    assert client.post(path, {"address": "rosa@ministry.example", "spoken": "es"}).status_code == 302
    letter, link = Letter.objects.get(kind=panel.PANEL), PanelLink.objects.get()
    assert (letter.address, letter.language) == ("rosa@ministry.example", "es")
    assert link.key in letter.context["path"]
    assert link.expires_at == pytest.approx(link.sent_at + panel.WORKS_FOR, abs=timedelta(seconds=5))


def test_a_link_sent_before_the_webinar_works_until_some_weeks_after_it(staff):
    ahead = factories.webinar(starts_in=timedelta(days=60))
    link = panel.send_link(panellist=factories.panellist(ahead), email="r@m.example", language="en", by=staff)
    assert link.expires_at == ahead.ends_at + panel.WORKS_FOR


def test_an_address_that_is_none_is_said_and_kept(client, webinar, speaker, staff):
    client.force_login(staff)
    path = reverse("webinars:panel_link", args=[webinar.slug, speaker.pk])
    page = client.post(path, {"address": "rosa at ministry", "spoken": "es"}).content.decode()
    assert page.count("Enter an email address such as") >= 2
    assert 'value="rosa at ministry"' in page
    assert not PanelLink.objects.exists()


def test_a_member_is_written_to_at_an_address_that_organisers_do_not_see(client, webinar, member, staff):
    speaker = factories.panellist(webinar, user=member)
    client.force_login(staff)
    path = reverse("webinars:panel_link", args=[webinar.slug, speaker.pk])
    assert member.email not in client.get(path).content.decode()
    client.post(path)
    assert Letter.objects.get(kind=panel.PANEL).user == member
    assert PanelLink.objects.get().email == ""


def test_a_new_link_takes_the_place_of_the_old(client, link, speaker, staff):
    new = panel.send_link(panellist=speaker, email="rosa@other.example", language="en", by=staff)
    assert client.get(part(link)).status_code == 410
    assert client.get(part(new)).status_code == 200
    old = Letter.objects.get(address="rosa@ministry.example")
    assert old.state == Letter.State.SKIPPED, "the letter that had not left does not leave"


def test_nobody_is_written_to_without_end(link, speaker, staff):
    for _again in range(panel.MOST_SENT - 1):
        panel.send_link(panellist=speaker, email="rosa@ministry.example", language="en", by=staff)
    with pytest.raises(panel.Refused):
        panel.send_link(panellist=speaker, email="rosa@ministry.example", language="en", by=staff)
    assert speaker.panel_links.count() == panel.MOST_SENT


def test_the_database_keeps_one_working_link_a_panellist(link, speaker):
    with pytest.raises(IntegrityError), transaction.atomic():
        PanelLink.objects.create(panellist=speaker, language="en", expires_at=timezone.now() + timedelta(days=1))


# ---------- Opened, taken back, expired ----------


def test_the_page_is_no_ones_to_keep_or_to_find(client, link, question):
    answer = client.get(part(link))
    page = answer.content.decode()
    assert TEXT in page
    assert "Rosa Quispe" in page
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("way", ["revoked", "expired"])
def test_what_works_no_longer_says_whom_to_ask_and_nothing_else(client, link, question, staff, settings, way):
    if way == "revoked":
        client.force_login(staff)
        client.post(reverse("webinars:panel_link", args=["registries", link.panellist.pk]), {"revoke": "1"})
        client.logout()
    else:
        long_ago = timezone.now() - timedelta(days=30)
        PanelLink.objects.update(sent_at=long_ago, expires_at=long_ago + timedelta(days=21))
    for path in (part(link), part(link, "panel_question", question.pk), part(link, "panel_summary", "en")):
        answer = client.get(path)
        page = answer.content.decode()
        assert answer.status_code == 410
        assert "no-store" in answer["Cache-Control"]
        assert "Ask the organiser who wrote to you" in page
        assert settings.PORTAL_CONTACT in page
        for word in (TEXT, "Rosa Quispe", "Gender and shocks", str(staff)):
            assert word not in page
    client.post(part(link, "panel_question", question.pk), {"text": "Yes.", "language": "en"})
    question.refresh_from_db()
    assert not question.is_answered


def test_a_key_opens_its_own_webinar_alone(client, link):
    factories.webinar(slug="another")
    assert client.get(reverse("webinars:panel", args=["another", link.key])).status_code == 404
    assert client.get(reverse("webinars:panel", args=["registries", "x" * 32])).status_code == 404


def test_a_letter_that_waits_does_not_bring_a_link_that_was_taken_back(link, speaker, staff):
    letter = Letter.objects.get(kind=panel.PANEL)
    assert panel.refusals([letter]) == {}
    panel.revoke(panellist=speaker, by=staff)
    assert panel.refusals([letter]) == {letter.pk: panel.NOT_NOW}


# ---------- Questions ----------


def test_a_panellist_answers_in_their_name_and_who_asked_is_told(client, link, question, member):
    path = part(link, "panel_question", question.pk)
    assert path in client.get(part(link)).content.decode()
    assert client.post(path, {"text": "Often.", "language": "en"}).status_code == 302
    question.refresh_from_db()
    assert (question.answer, question.answered_name, question.answered_by) == ("Often.", "Rosa Quispe", None)
    assert Letter.objects.get(kind=question_letters.ANSWERED).user == member
    assert "Answered by Rosa Quispe" in client.get(link.panellist.webinar.get_absolute_url()).content.decode()


def test_of_two_who_answer_the_first_counts_and_the_second_keeps_their_words(client, link, question, staff):
    asking.answer(question=question, by=staff, name="Farah Aziz", text="Often.", language="en")
    page = client.post(part(link, "panel_question", question.pk), {"text": "Never at all.", "language": "en"})
    assert "Somebody has answered this question already" in page.content.decode()
    assert "Never at all." in page.content.decode()
    question.refresh_from_db()
    assert question.answer == "Often."


def test_an_answer_without_words_is_refused(client, link, question):
    page = client.post(part(link, "panel_question", question.pk), {"text": " ", "language": "en"}).content.decode()
    assert page.count("Write the answer") >= 2


def test_what_is_hidden_or_of_another_webinar_is_not_theirs(client, link, question, staff):
    other = Question.objects.create(webinar=factories.webinar(), text=TEXT, language="en")
    assert client.get(part(link, "panel_question", other.pk)).status_code == 404
    asking.hide(question=question, by=staff, reason="It is about a person.")
    assert client.get(part(link, "panel_question", question.pk)).status_code == 404
    assert TEXT not in client.get(part(link)).content.decode()


# ---------- The draft ----------


@pytest.fixture
def post(webinar, speaker, staff):
    return summaries.draft_summary(webinar=webinar, by=staff)


def test_a_remark_stands_beside_its_paragraph_for_the_editors(client, link, post, staff):
    path = part(link, "panel_summary", "en")
    assert path in client.get(part(link)).content.decode()
    client.post(path, {"paragraph": "1", "text": "It was on a Tuesday."})
    client.post(path, {"paragraph": "1", "text": "It was on a Tuesday."})
    remark = SummaryRemark.objects.get()
    assert (remark.name, remark.language) == ("Rosa Quispe", "en")
    assert "took place" in remark.paragraph
    client.force_login(staff)
    page = client.get(reverse("webinars:edit_summary", args=["registries"])).content.decode()
    assert "It was on a Tuesday." in page


def test_a_remark_on_words_that_were_changed_is_not_lost(link, post, webinar):
    panel.remark(link=link, language="en", paragraph="Words that are gone.", text="Right.")
    last = list(summaries.with_remarks(webinar, post, "en"))[-1]
    assert (last.number, last.remarks[0].text) == (0, "Right.")


@pytest.mark.parametrize(("typed", "said"), [("", "Write your remark first"), ("Yes.", "The text was changed")])
def test_a_remark_that_is_refused_says_so_and_stays(client, link, post, typed, said):
    number = "1" if not typed else "99"
    page = client.post(part(link, "panel_summary", "en"), {"paragraph": number, "text": typed}).content.decode()
    assert said in page
    assert "The remark was not kept" in page
    assert not SummaryRemark.objects.exists()


def test_agreeing_is_kept_with_its_day_and_shown_to_editors(client, link, post, staff):
    path = part(link, "panel_summary", "en")
    words = summaries.fingerprint(post, "en")
    assert f'value="{words}"' in client.get(path).content.decode()
    assert client.post(path, {"agree": words}).status_code == 302
    client.post(path, {"agree": words})
    approval = SummaryApproval.objects.get()
    assert (approval.name, approval.language, approval.words) == ("Rosa Quispe", "en", words)
    assert "You agreed with this text on" in client.get(path).content.decode()
    client.force_login(staff)
    path = reverse("webinars:edit_summary", args=["registries"])
    assert "Rosa Quispe agreed with this text on" in client.get(path).content.decode()
    post.body_en += "\n\nAnd more."
    post.save()
    assert "with words that were changed since" in client.get(path).content.decode()


def test_nobody_agrees_with_words_they_have_not_read(client, link, post):
    words = summaries.fingerprint(post, "en")
    post.body_en += "\n\nAnd more."
    post.save()
    client.post(part(link, "panel_summary", "en"), {"agree": words})
    assert not SummaryApproval.objects.exists()


def test_a_language_without_draft_and_a_summary_that_is_public_are_no_draft(client, link, post):
    assert client.get(part(link, "panel_summary", "fr")).status_code == 200
    assert client.get(part(link, "panel_summary", "es")).status_code == 404
    post.status = "published"
    post.published_at = timezone.now()
    post.save()
    assert client.get(part(link, "panel_summary", "en")).status_code == 404
    assert post.get_absolute_url() in client.get(part(link)).content.decode()


# ---------- Held about a person ----------


def test_whoever_is_erased_leaves_remarks_without_a_name_and_no_link(webinar, member, other_member, staff, post):
    mine = panel.send_link(panellist=factories.panellist(webinar, user=member), email="", language="en", by=staff)
    other = panel.send_link(panellist=factories.panellist(webinar, "R"), email="r@m.example", language="en", by=member)
    panel.remark(link=mine, language="en", paragraph="A.", text="Right.")
    panel.agree(link=mine, language="en", words="0" * 16)
    panel.remark(link=other, language="en", paragraph="A.", text="Wrong.")
    held = next(one for one in erasure.all_holdings() if one.key == "webinar_summaries")
    told = list(held.export(member))
    assert [row["remark"] for row in told if "remark" in row] == ["Right."]
    held.erase(member)
    assert set(SummaryRemark.objects.values_list("name", "text")) == {("", "Right."), ("R", "Wrong.")}
    assert SummaryApproval.objects.get().name == ""
    assert [link.sent_by for link in PanelLink.objects.all()] == [None]


def test_links_that_ended_long_ago_are_forgotten_with_their_addresses(link):
    long_ago = timezone.now() - timedelta(days=400)
    PanelLink.objects.update(sent_at=long_ago, expires_at=long_ago + timedelta(days=21))
    assert panel.forget_old(days=365) == 1
