"""Warnings, pauses and bans in one part of the portal. A pause ends by itself; each can be lifted, with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import wording
from content.actors import acting
from content.services import locked
from moderation import registry, services, telling
from moderation.models import Act, Case, Sanction
from moderation.permissions import can_sanction, runs

if TYPE_CHECKING:
    from members.models import User

PAUSES = (1, 7, 30)  # days
KEY = "sanction"
Kind, Verb = Sanction.Kind, Act.Verb
VERBS = {Kind.WARNING: Verb.WARNED, Kind.PAUSE: Verb.PAUSED, Kind.BAN: Verb.BANNED}


class BannedAlready(ValueError):
    """Nobody is banned twice at a time."""


@acting
@transaction.atomic
def give(*, case: Case, by: User, kind: str, reason: str, days: int = 0) -> Sanction:
    """A sanction of who wrote what a case is about. Raises PermissionDenied, ValueError without a reason."""
    if not can_sanction(by, case) or case.author is None:
        raise PermissionDenied
    if not reason.strip() or (kind == Kind.PAUSE and days not in PAUSES):
        raise ValueError("A sanction has a reason, and a pause an end.")
    where: Any = case.scope
    scope, user = locked(where), case.author  # one at a time, so that nobody is banned twice
    columns = services.scope_columns(scope)
    if kind == Kind.BAN and Sanction.objects.in_force().filter(**columns, user=user, kind=Kind.BAN).exists():
        raise BannedAlready
    now = timezone.now()
    until = now + timedelta(days=days) if kind == Kind.PAUSE else None
    sanction = Sanction.objects.create(**columns, user=user, kind=kind, reason=reason, by=by, at=now, until=until)
    if kind == Kind.BAN:
        registry.scope_of(scope).shut_out(scope=scope, user=user, by=by)
    decided = _decided(sanction, by)
    services.note(case=decided, verb=VERBS[Kind(kind)], by=by, reason=reason, sanction=sanction)
    telling.tell_author(decided, VERBS[Kind(kind)].value, reason=reason, sanction=sanction)
    return sanction


def _decided(sanction: Sanction, by: User) -> Case:
    """The decision that its author reads, and can appeal."""
    return services.open_case(
        sanction,
        Case.Subject.OWN,
        state=Case.State.DECIDED,
        decision=Case.Decision.SANCTIONED,
        reason=sanction.reason,
        decided_by=by,
        decided_at=sanction.at,
    )


@acting
@transaction.atomic
def lift(*, sanction: Sanction, by: User, reason: str) -> bool:
    """Whether it was there to lift: two moderators at once lift it once."""
    if not runs(by, sanction.scope) or sanction.user_id == by.pk:
        raise PermissionDenied
    if not reason.strip():
        raise ValueError("Lifting a sanction has a reason.")
    held = Sanction.objects.select_for_update().get(pk=sanction.pk)
    if not lift_row(sanction=held, by=by, reason=reason):
        return False
    case = case_of(held)
    services.note(case=case, verb=Verb.LIFTED, by=by, reason=reason, sanction=held)
    telling.tell_author(case, Verb.LIFTED.value, reason=reason, sanction=held)
    return True


def lift_row(*, sanction: Sanction, by: User, reason: str) -> bool:
    """What lifting does to a sanction that is held; the caller logs and tells."""
    if sanction.lifted_at is not None:
        return False
    sanction.lifted_at, sanction.lifted_by, sanction.lifted_reason = timezone.now(), by, reason
    sanction.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    if sanction.kind == Kind.BAN:
        scope: Any = sanction.scope
        registry.scope_of(scope).let_in(scope=scope, user=sanction.user, by=by)
    return True


def case_of(sanction: Sanction) -> Case:
    """The decision by which it was given."""
    return Case.objects.about(sanction).exclude(subject=Case.Subject.APPEAL).get()


def title_of(sanction: Sanction) -> str:
    """“Pause until 3 March 2026, 10:42 UTC”."""
    if sanction.until:
        return _("Pause until %(time)s") % {"time": wording.moment(sanction.until)}
    return str(sanction.get_kind_display())


def sign_up() -> None:
    """Sanctions are appealed like decisions on posts."""
    registry.register(
        registry.Kind(
            key=KEY,
            label=gettext_lazy("Warning, pause or ban"),
            model=Sanction,
            template="moderation/_sanction.html",
            author_of=_user_of,
            scope_of=lambda sanction: sanction.scope,
            url_of=lambda sanction: reverse("moderation:decision", args=[case_of(sanction).pk]),
            title_of=title_of,
            text_of=lambda sanction: sanction.reason,
            written_by=lambda user: Sanction.objects.none(),
            with_people=lambda rows: rows.select_related("user", "by"),
            can_be_reported=False,
        )
    )


def _user_of(sanction: Any) -> User:
    return sanction.user
