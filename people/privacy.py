"""What is held about members here, and how it goes with their account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content import caching
from members import erasure
from members.erasure import Holding, Row, forget_trail, told
from people.directory import KIND
from people.models import Block, Message, Profile, Report
from people.services import remove_photo
from stakeholders.models import Affiliation

if TYPE_CHECKING:
    from django.core.files.base import File

    from members.models import User


def _profile(user: User) -> Iterator[Row]:
    yield from told(Profile.objects.filter(user=user))
    yield from told(Affiliation.objects.filter(user=user))


def _photo(user: User) -> Iterable[tuple[str, File]]:
    photos = Profile.objects.filter(user=user, photo__isnull=False).select_related("photo")
    return [("photo.webp", profile.photo.file) for profile in photos if profile.photo]


def _forget_profile(user: User) -> None:
    for profile in Profile.objects.filter(user=user):
        remove_photo(profile=profile)
        forget_trail(Profile, [profile.pk])
        profile.delete()
        caching.bump(KIND)
    Affiliation.objects.filter(user=user).delete()


def _messages(user: User) -> Iterator[Row]:
    for message in Message.objects.filter(Q(sender=user) | Q(recipient=user)).iterator():
        way = "sent" if message.sender_id == user.pk else "received"
        yield {"way": way, "at": message.sent_at, "subject": message.subject, "text": message.text}


def _leave_conversations(user: User) -> None:
    Message.objects.filter(sender=user).update(sender=None)
    Message.objects.filter(recipient=user).update(recipient=None)
    Message.objects.filter(sender=None, recipient=None).delete()  # nobody is left to read it


def _reports(user: User) -> Iterator[Row]:
    yield from told(Report.objects.filter(reporter=user), "message", "note")
    for row in Block.objects.filter(blocker=user).select_related("blocked").iterator():
        yield {"blocked": str(row.blocked), "at": row.created_at}


def _forget_reports(user: User) -> None:
    Block.objects.filter(Q(blocker=user) | Q(blocked=user)).delete()
    Report.objects.filter(reporter=user).update(reporter=None)
    Report.objects.filter(reported=user).update(reported=None)
    Report.objects.filter(decided_by=user).update(decided_by=None)


PROFILE = Holding("profile", _("Profile and organisations"), (Profile, Affiliation), _profile, _forget_profile, _photo)
MESSAGES = Holding(
    "messages",
    _("Messages with other members"),
    (Message,),
    _messages,
    _leave_conversations,
    keeps=_("What was written stays with whoever it was written to, as from a former member."),
)
REPORTS = Holding(
    "reports",
    _("Reports and blocked members"),
    (Report, Block),
    _reports,
    _forget_reports,
    keeps=_("A report stays with the editors, without the names."),
)


def sign_up() -> None:
    for holding in (REPORTS, MESSAGES, PROFILE):
        erasure.register(holding)
