"""Writing without an address, and what stops it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from lxml import html

from notifications.models import Letter
from people import conversations
from people.models import Block, Message, Profile, Report
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = {"subject": "A question", "text": "How do you pay people where there is no network?"}


def write_to(profile: Profile) -> str:
    return reverse("people:write", args=[profile.handle])


def test_a_message_is_kept_and_its_letter_planned_without_an_address(as_member, verified, samuel):
    samuel.user.language = "fr"
    samuel.user.save()
    response = as_member.post(write_to(samuel), TEXT)
    message = Message.objects.get()
    assert response["Location"] == message.get_absolute_url()
    letter = Letter.objects.get()
    assert (letter.occasion, letter.user, letter.kind, letter.template) == (
        f"message:{message.pk}", samuel.user, "message", "people/message",
    )  # fmt: skip
    assert letter.context["text"] == TEXT["text"]
    assert letter.context["url"] == f"http://localhost:8000/fr/me/messages/{message.pk}/"
    for address in (verified.email, samuel.user.email):
        assert address not in str(letter.context)
        assert address not in as_member.get(response["Location"]).content.decode()


def test_the_other_answers_on_the_site_whatever_they_chose(client, verified, samuel):
    Profile.objects.filter(user=verified).update(contact="nobody")
    message = conversations.send_message(by=verified, to=samuel.user, **TEXT)
    samuel.user.emailaddress_set.create(email=samuel.user.email, verified=True)
    client.force_login(samuel.user)
    assert client.post(message.get_absolute_url(), {"text": "By radio."})["Location"] == message.get_absolute_url()
    answer = Message.objects.exclude(pk=message.pk).get()
    assert (answer.thread, answer.recipient, answer.subject) == (message, verified, "A question")
    assert Letter.objects.filter(
        user=verified, context__url=f"http://localhost:8000/en/me/messages/{message.pk}/"
    ).exists()


def test_a_subject_of_two_lines_becomes_one(as_member, samuel):
    as_member.post(write_to(samuel), {"subject": "Hello\r\nBcc: all@example.org", "text": "x"})
    assert Message.objects.get().subject == "Hello Bcc: all@example.org"


def test_ten_messages_a_day_are_enough_and_the_text_stays(as_member, verified, samuel):
    for _number in range(conversations.A_DAY):
        conversations.send_message(by=verified, to=samuel.user, **TEXT)
    told = as_member.post(write_to(samuel), TEXT).content.decode()
    assert "You can write 10 messages a day" in told
    assert TEXT["text"] in told
    assert Message.objects.count() == conversations.A_DAY


@pytest.mark.parametrize("text", ["", " ", "x" * 2001])
def test_an_empty_or_endless_message_is_refused(as_member, samuel, text):
    tree = html.fromstring(as_member.post(write_to(samuel), {"subject": "A", "text": text}).content.decode())
    assert tree.cssselect(".error-summary")
    assert not Message.objects.exists()


def test_who_has_not_shown_that_an_address_is_theirs_writes_to_nobody(client, member, samuel):
    member.emailaddress_set.update(verified=False)
    client.force_login(member)
    assert client.post(write_to(samuel), TEXT).status_code == 403
    assert not Message.objects.exists()


def test_who_takes_no_messages_gets_none(as_member, samuel):
    Profile.objects.filter(pk=samuel.pk).update(contact="nobody")
    assert as_member.post(write_to(samuel), TEXT).status_code == 403
    assert not Message.objects.exists()


def test_whoever_is_blocked_can_neither_write_nor_answer_and_is_told_nothing(as_member, client, verified, samuel):
    message = conversations.send_message(by=verified, to=samuel.user, **TEXT)
    conversations.block(by=samuel.user, other=verified)
    assert as_member.get(write_to(samuel)).status_code == 404
    assert as_member.post(write_to(samuel), TEXT).status_code == 404
    told = as_member.post(message.get_absolute_url(), {"text": "Again"}).content.decode()
    assert "This member takes no messages at the moment." in told
    assert "block" not in told.casefold()
    assert Message.objects.count() == 1


def test_a_member_blocks_on_a_page_of_its_own_and_takes_it_back_on_their_profile(as_member, verified, samuel):
    address = reverse("people:block", args=[samuel.handle])
    assert as_member.get(address).status_code == 200
    assert not Block.objects.exists()
    as_member.post(address)
    row = Block.objects.get()
    assert (row.blocker, row.blocked) == (verified, samuel.user)
    assert "Samuel Okello" in as_member.get(reverse("people:edit")).content.decode()
    as_member.post(reverse("people:unblock", args=[row.pk]))
    assert not Block.objects.exists()


def test_nobody_takes_back_the_block_of_another(as_member, verified, samuel):
    conversations.block(by=samuel.user, other=verified)
    assert as_member.post(reverse("people:unblock", args=[Block.objects.get().pk])).status_code == 404
    assert Block.objects.exists()


def test_a_thread_is_for_the_two_who_wrote_it(client, verified, samuel, cast):
    message = conversations.send_message(by=verified, to=samuel.user, **TEXT)
    for role in ("other_member", "staff"):
        cast.enter(client, role)
        assert client.get(message.get_absolute_url()).status_code == 404
        assert TEXT["subject"] not in client.get(reverse("people:messages")).content.decode()


def test_a_report_reaches_staff_with_its_message_and_is_decided_once(client, verified, samuel, cast):
    message = conversations.send_message(by=samuel_verified(samuel), to=verified, **TEXT)
    client.force_login(verified)
    address = f"{reverse('people:report', args=[samuel.handle])}?message={message.pk}"
    assert html.fromstring(client.post(address, {}).content.decode()).cssselect(".error-summary")
    client.post(address, {"reason": "rude", "text": "Look at this."})
    report = Report.objects.get()
    assert (report.reporter, report.reported, report.message) == (verified, samuel.user, message)
    assert conversations.waiting_reports().count() == 1
    cast.enter(client, "staff")
    assert TEXT["text"] in client.get(report.get_absolute_url()).content.decode()
    assert client.post(report.get_absolute_url(), {"outcome": "fine", "note": "A joke."}).status_code == 302
    told = client.post(report.get_absolute_url(), {"outcome": "acted", "note": "No."}).content.decode()
    assert "Somebody else has just decided this report." in told or "A joke." in told
    report.refresh_from_db()
    assert (report.outcome, report.decided_by) == ("fine", cast.person("staff"))


def test_a_report_shows_no_message_of_others(as_member, samuel):
    other = factories.profile("Other")
    foreign = Message.objects.create(sender=samuel.user, recipient=other.user, subject="zqforeignxv", text="x")
    address = f"{reverse('people:report', args=[samuel.handle])}?message={foreign.pk}"
    assert "zqforeignxv" not in as_member.get(address).content.decode()
    as_member.post(address, {"reason": "spam"})
    assert Report.objects.get().message is None


def test_an_administrator_closes_an_account_by_a_report_and_an_editor_does_not(client, verified, samuel, cast):
    report = conversations.report(by=verified, about=samuel.user, reason="spam", text="")
    editor = factories.member("Editor", is_staff=True)
    client.force_login(editor)
    client.post(report.get_absolute_url(), {"outcome": "closed", "note": "Spam."})
    samuel.user.refresh_from_db()
    assert samuel.user.is_active
    cast.enter(client, "staff")
    client.post(report.get_absolute_url(), {"outcome": "closed", "note": "Spam."})
    samuel.user.refresh_from_db()
    assert not samuel.user.is_active
    assert not Profile.objects.listed(AnonymousUser()).filter(pk=samuel.pk).exists()


def test_the_services_refuse_as_the_pages_do(samuel, member):
    editor = factories.member("Editor", is_staff=True)
    report = conversations.report(by=member, about=samuel.user, reason="spam", text="")
    with pytest.raises(PermissionError):
        conversations.decide_report(report=report, by=editor, outcome="closed", note="Spam.")
    samuel.user.emailaddress_set.all().delete()
    with pytest.raises(PermissionError):
        conversations.send_message(by=samuel.user, to=member, **TEXT)


def samuel_verified(profile: Profile):
    profile.user.emailaddress_set.create(email=profile.user.email, verified=True)
    return profile.user
