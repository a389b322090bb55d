"""Writing to each other without an address, and what stops it: blocks, limits, reports."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from content import caching
from content.text import one_line
from notifications import notices
from people import permissions
from people.directory import KIND
from people.models import Block, Message, Profile, Report

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User

A_DAY = 10  # messages one member may write
LETTER_KIND = "message"
REPORTS = "member_report"  # names the generation of whatever counts reports


class TooManyMessages(ValueError):
    """The member has written all that one may write in a day."""


class NotTaken(ValueError):
    """The other member takes no messages, or none from this one: they are not told which."""


def has_verified_address(user: User) -> bool:
    return EmailAddress.objects.filter(user=user, verified=True).exists()


def takes_messages_from(*, recipient: User | None, sender: User, thread: Message | None = None) -> bool:
    """Whether a member could write to another now. A block looks like a choice of nobody.

    Who wrote first takes the answer, whatever they chose.
    """
    if recipient is None or not recipient.is_active or recipient.pk == sender.pk:
        return False
    if Block.objects.filter(blocker=recipient, blocked=sender).exists():
        return False
    if Block.objects.filter(blocker=sender, blocked=recipient).exists():
        return False
    if thread is not None and thread.sender_id == recipient.pk:
        return True
    choice = Profile.objects.filter(user=recipient).values_list("contact", flat=True).first()
    return choice == Profile.Contact.MEMBERS


def written_today(user: User) -> int:
    return Message.objects.filter(sender=user, sent_at__gt=timezone.now() - timedelta(days=1)).count()


@transaction.atomic
def send_message(*, by: User, to: User | None, subject: str, text: str, thread: Message | None = None) -> Message:
    """Keep a message and plan its letter.

    Raises TooManyMessages, NotTaken, and PermissionError where the sender's address is not verified.
    """
    if not has_verified_address(by):
        raise PermissionError("Who writes to others has shown that their address is theirs.")
    Profile.objects.select_for_update().filter(user=by).first()  # one at a time, so that ten are ten
    if written_today(by) >= A_DAY:
        raise TooManyMessages
    if to is None or not takes_messages_from(recipient=to, sender=by, thread=thread):
        raise NotTaken
    message = Message.objects.create(thread=thread, sender=by, recipient=to, subject=one_line(subject, 120), text=text)
    with override(to.language):
        address = f"{settings.PORTAL_BASE_URL}{message.get_absolute_url()}"
        stop = f"{settings.PORTAL_BASE_URL}{reverse('people:edit')}"
    notices.notify(
        kind=LETTER_KIND,
        occasion=f"message:{message.pk}",
        recipients=[to],
        template="people/message",
        context={
            "path": message.get_absolute_url(),
            "sender": one_line(str(by.get_full_name())),
            "subject": message.subject,
            "text": text,
            "url": address,
            "settings_url": stop,
        },
    )
    return message


@transaction.atomic
def block(*, by: User, other: User) -> None:
    """Neither sees, finds or writes to the other from now on; the other is not told."""
    Block.objects.get_or_create(blocker=by, blocked=other)


@transaction.atomic
def unblock(*, by: User, other: User) -> None:
    Block.objects.filter(blocker=by, blocked=other).delete()


@transaction.atomic
def report(*, by: User, about: User, reason: str, text: str, message: Message | None = None) -> Report:
    """Tell staff. The same person again while staff have not decided adds to the report that is there."""
    waiting = Report.objects.select_for_update().filter(reporter=by, reported=about, outcome="").first()
    if waiting is None:
        caching.bump(REPORTS)
        return Report.objects.create(reporter=by, reported=about, reason=reason, text=text, message=message)
    waiting.reason, waiting.message = reason, message or waiting.message
    waiting.text = "\n\n".join(part for part in (waiting.text, text) if part)
    waiting.save(update_fields=["reason", "message", "text"])
    return waiting


def waiting_reports() -> QuerySet[Report]:
    """Oldest first, for whoever decides."""
    return Report.objects.filter(outcome="").select_related("reporter", "reported", "message")


def waiting_count() -> int:
    """How many reports wait. Counted again once one is made or decided."""
    return caching.remember("reports-waiting", lambda: waiting_reports().count(), REPORTS)


@transaction.atomic
def decide_report(*, report: Report, by: User, outcome: str, note: str) -> bool:
    """Decide a report, with a reason. False when somebody else has just decided it: nothing is decided twice.

    Closing an account takes it out of every list and ends its sessions. Raises PermissionError for whoever may not.
    """
    if outcome == Report.Outcome.CLOSED and not permissions.can_close_account(by, report.reported):
        raise PermissionError("Only administrators close accounts, and never one of staff.")
    decided = Report.objects.filter(pk=report.pk, outcome="").update(
        outcome=outcome, note=note, decided_by=by, decided_at=timezone.now()
    )
    caching.bump(REPORTS)
    if decided and outcome == Report.Outcome.CLOSED and report.reported:
        report.reported.is_active = False
        report.reported.save(update_fields=["is_active"])
        caching.bump(KIND)
    return bool(decided)
