"""What members choose."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from notifications import kinds, notices, preferences
from notifications.models import Letter, Notice
from notifications.services import post

pytestmark = pytest.mark.django_db


def letter(user, kind="review") -> Letter:
    return post(occasion=f"{kind}", to=user, kind=kind, template="review/said")


def tell(user, kind="review"):
    notices.notify(kind=kind, occasion=kind, recipients=[user], template="review/said")


def test_a_frequency_that_a_kind_does_not_offer_is_refused(member):
    with pytest.raises(ValueError, match="followed"):
        preferences.choose(user=member, frequencies={"followed": "at_once"})


def test_stopping_a_kind_stops_no_other(member):
    assert preferences.stop(user=member, kind="review") == {"review": "at_once"}
    assert preferences.of(member).frequencies == {"review": "never"}


def test_stopping_everything_leaves_the_account_alone(member):
    preferences.stop(user=member)
    offered = {kind.key for kind in kinds.offered_to(member) if kind.may_be_declined}
    assert preferences.of(member).frequencies == dict.fromkeys(offered, "never")
    assert {"review", "message", "followed"} <= offered
    assert preferences.refusal(letter(member, "account")) == ""


def test_stopping_the_summaries_stops_what_comes_in_them(member):
    preferences.choose(user=member, frequencies={"message": "daily"})
    stopped = preferences.stop(user=member, kind="digest")
    assert (stopped["message"], stopped["followed"]) == ("daily", "weekly")
    assert "review" not in stopped


def as_claimed(planned):
    """A letter as a worker reads it when its turn comes."""
    return Letter.objects.select_related("user__letter_preference").get(pk=planned.pk)


def test_what_was_stopped_after_a_letter_was_planned_holds_it(member):
    planned = letter(member)
    assert preferences.refusal(as_claimed(planned)) == ""
    preferences.stop(user=member, kind="review")
    assert preferences.refusal(as_claimed(planned)) == "declined"


def test_what_was_stopped_and_undone_comes_as_before(member):
    preferences.choose(user=member, frequencies={"followed": "daily"})
    before = preferences.stop(user=member)
    preferences.choose(user=member, frequencies=before)
    assert preferences.of(member).frequencies["followed"] == "daily"


def test_a_pause_holds_letters_until_it_ends(member):
    planned = letter(member)
    until = preferences.pause(user=member)
    assert preferences.refusal(as_claimed(planned)) == "paused"
    assert preferences.refusal(letter(member, "account")) == ""
    with time_machine.travel(until + timedelta(seconds=1)):
        assert preferences.refusal(as_claimed(planned)) == ""


def test_a_pause_can_be_ended(member):
    preferences.pause(user=member)
    preferences.resume(user=member)
    assert preferences.refusal(letter(member)) == ""


def test_what_waits_moves_with_the_choice(member):
    preferences.choose(user=member, frequencies={"review": "weekly"})
    tell(member)
    preferences.choose(user=member, frequencies={"review": "daily"})
    due = Notice.objects.get().summary_due_at
    assert timezone.now() < due <= timezone.now() + timedelta(days=1)
    preferences.choose(user=member, frequencies={"review": "never"})
    assert Notice.objects.get().summary_due_at is None


def test_what_waits_moves_with_the_zone(member):
    preferences.choose(user=member, frequencies={"review": "daily"})
    tell(member)
    chosen = {"frequencies": {}, "language": "es", "time_zone": "Pacific/Fiji", "plain_text_only": True}
    preferences.save_choices(user=member, **chosen)
    assert Notice.objects.get().summary_due_at.hour == 19  # seven in the morning of the next day in Suva
    member.refresh_from_db()
    assert (member.language, member.time_zone) == ("es", "Pacific/Fiji")
    assert preferences.of(member).plain_text_only
