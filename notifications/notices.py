"""Telling members something: a line on their page, and a letter at once, in a summary, or not at all, as they chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from notifications import kinds, matters, preferences, services, summary_times
from notifications.kinds import Frequency
from notifications.models import Letter, Notice

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User
    from notifications.models import Preference

MANY = 1000  # rows written in one statement
IN_LETTERS_ONLY = ("note", "text")  # what people wrote is not kept once more beside the letter
KEPT = timedelta(days=365)


def decided_at() -> datetime:
    """From when on a decision made now can no longer be taken back."""
    return timezone.now() + settings.REVIEW_UNDO


@dataclass(frozen=True)
class Message:
    """One thing to tell, whoever is told. `template` names the letter; its subject is the line on the page."""

    kind: str
    occasion: str  # once: whoever was told is not told again
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)  # plain data
    about: Model | None = None
    due_at: datetime | None = None  # nobody is told before: what may be taken back is held
    in_letter: Mapping[str, Any] = field(default_factory=dict)  # context that is kept in letters sent at once alone

    def notice_for(self, user: User, chosen: Preference | None, reasons: Sequence[str] = ()) -> Notice:
        at = max(self.due_at or timezone.now(), timezone.now())
        frequency = self.frequency_for(chosen)
        waits = frequency in (Frequency.DAILY, Frequency.WEEKLY) and not preferences.is_paused(chosen, at)
        return Notice(
            user_id=user.pk,
            kind=self.kind,
            occasion=self.occasion,
            template=self.template,
            context={key: value for key, value in self.context.items() if key not in IN_LETTERS_ONLY},
            content_type=ContentType.objects.get_for_model(self.about) if self.about else None,
            object_id=self.about.pk if self.about else None,
            reasons=list(reasons),
            shown_from=at,
            summary_due_at=summary_times.next_after(at, frequency, user.time_zone) if waits else None,
        )

    @property
    def letter_context(self) -> dict[str, Any]:
        return {**self.context, **self.in_letter, **matters.named(self.about)}

    def leaves_at_once(self, chosen: Preference | None) -> bool:
        is_paused = preferences.is_paused(chosen, timezone.now())
        return self.frequency_for(chosen) == Frequency.AT_ONCE and not is_paused

    def frequency_for(self, chosen: Preference | None) -> Frequency:
        return kinds.frequency(self.kind, chosen.frequencies if chosen else {})


def notify(
    *,
    kind: str,
    occasion: str,
    recipients: Iterable[User],
    template: str,
    context: Mapping[str, Any] | None = None,
    about: Model | None = None,
    due_at: datetime | None = None,
) -> None:
    """Tell members one thing, in the caller's transaction. Told again for the same occasion: nothing happens.

    `context` is plain data; `about` gives the line its link and its readers: who may not see it is not told of it.
    Before `due_at` the line does not show and the letter does not leave.
    """
    tell(Message(kind, occasion, template, context or {}, about, due_at), {user: () for user in recipients})


@transaction.atomic
def tell(message: Message, recipients: Mapping[User, Sequence[str]]) -> None:
    """Tell each of many members one thing, with the reasons why it is told to them."""
    chosen = preferences.of_all(user.pk for user in recipients)
    rows = [message.notice_for(user, chosen.get(user.pk), reasons) for user, reasons in recipients.items()]
    Notice.objects.bulk_create(rows, batch_size=MANY, ignore_conflicts=True)
    if at_once := [user for user in recipients if message.leaves_at_once(chosen.get(user.pk))]:
        services.post_many(
            occasion=message.occasion,
            to=at_once,
            kind=message.kind,
            template=message.template,
            context=message.letter_context,
            due_at=message.due_at,
        )


@transaction.atomic
def take_back(*, occasion: str) -> bool:
    """Have nobody hear of what was undone in time. Whether somebody may have heard of it already."""
    now = timezone.now()
    told = Letter.objects.filter(occasion=occasion).exclude(state=Letter.State.PLANNED).exists()
    told = told or Notice.objects.filter(occasion=occasion, shown_from__lte=now).exists()
    services.cancel(occasion=occasion)
    Notice.objects.filter(occasion=occasion).delete()
    return told


def unread_count(user: User) -> int:
    """One small query; more than a hundred are a hundred."""
    return Notice.objects.visible_to(user).unread().order_by()[:100].count()


def mark_all_read(*, user: User) -> None:
    Notice.objects.visible_to(user).unread().update(read_at=timezone.now())


def forget_old() -> None:
    """What a member was told a year ago is no news."""
    Notice.objects.filter(shown_from__lt=timezone.now() - KEPT).delete()
