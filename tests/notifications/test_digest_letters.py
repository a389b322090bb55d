"""A summary as it leaves: really rendered and really handed over."""

import pytest
from django.core import mail
from django.utils import timezone

from content import services
from notifications import digests, following, preferences, sending
from notifications.models import Letter, Notice
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def summary(member, published, kenya) -> Letter:
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    return gathered()


def gathered() -> Letter:
    Notice.objects.update(summary_due_at=timezone.now())
    digests.gather()
    return Letter.objects.get(kind="digest")


def test_it_leaves_with_a_way_to_stop_it(summary, client, member):
    sending.send_due()
    (sent,) = mail.outbox
    assert sent.subject == "One thing is new for you"
    assert "Because you follow Kenya" in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert address in sent.body
    client.post(address, {"List-Unsubscribe": "One-Click"})
    frequencies = preferences.of(member).frequencies
    assert frequencies["followed"] == "never"
    assert "review" not in frequencies  # comes at once


def test_one_with_nothing_left_to_say_does_not_leave(summary, staff, published):
    services.withdraw(record=published, by=staff, reason="A mistake.")
    sending.send_due()
    summary.refresh_from_db()
    assert (summary.state, summary.reason) == (Letter.State.SKIPPED, "nothing_left")
    assert mail.outbox == []


def test_it_waits_for_no_pause(summary, member):
    preferences.pause(user=member)
    sending.send_due()
    summary.refresh_from_db()
    assert (summary.state, summary.reason) == (Letter.State.SKIPPED, "paused")


def test_what_it_said_can_be_read_afterwards(summary):
    sending.send_due()
    summary.refresh_from_db()
    assert summary.context["sections"][0]["items"][0]["text"] == "Hunger grants"


def test_plain_text_is_sent_where_it_was_asked_for(summary, member):
    preferences.save_choices(user=member, frequencies={}, language="en", time_zone="UTC", plain_text_only=True)
    sending.send_due()
    assert mail.outbox[0].alternatives == []


def test_the_longest_stays_under_thirty_kilobytes(member, kenya, topics):
    for what in (kenya, topics[1]):
        following.follow(user=member, what=what)
    for number in range(digests.MOST + 5):
        record = factories.publication(
            f"{number} {'A very long title of a report ' * 10}", slug=f"{number}-{'long-' * 22}x"
        )
        record.countries.set([kenya])
        record.topics.set([topics[1]])
        following.tell_followers(record)
    gathered()
    sending.send_due()
    (sent,) = mail.outbox
    assert len(sent.body.encode()) < 30_000
    assert len(sent.alternatives[0].content.encode()) < 30_000
    assert "And 5 more on your page" in sent.body
