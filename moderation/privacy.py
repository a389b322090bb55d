"""What moderation holds about people: what was decided about them, what they reported, and what they decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from content import caching
from members import erasure
from members.erasure import Holding, Row, told
from moderation import registry, services
from moderation.models import Act, Case, Report, Sanction, Standing

if TYPE_CHECKING:
    from members.models import User

NOT_THEIRS = ("scope_type", "scope_id", "content_type", "object_id", "record", "scope")  # numbers of other tables


def _cases(user: User) -> Iterable[Row]:
    """What was decided about them; reports that led to nothing they are not told of here either."""
    for case in Case.objects.told_to(user).order_by("opened_at").iterator():
        yield {
            "kind": case.kind,
            "number": case.object_id,
            "subject": case.subject,
            "opened_at": case.opened_at,
            "decision": case.decision,
            "reason": case.reason,
            "decided_at": case.decided_at,
            "what_i_said": case.words,
        }


def _reports(user: User) -> Iterable[Row]:
    """What they reported; not who decided about it."""
    yield from told(Report.objects.filter(reporter=user), "case")


def _standing(user: User) -> Iterable[Row]:
    yield from told(Standing.objects.filter(user=user))
    yield from told(Sanction.objects.filter(user=user), *NOT_THEIRS)


def _log(user: User) -> Iterable[Row]:
    """Lines about them that they may read, and what they did themselves."""
    lines = Act.objects.told_to(user) | Act.objects.filter(by=user)
    for act in lines.order_by("at").iterator():
        yield {
            "at": act.at,
            "what": act.verb,
            "by_me": act.by_id == user.pk,
            "about_me": act.whom_id == user.pk,
            "reason": act.reason,
        }


def _erase_cases(user: User) -> None:
    """What waits and is about nothing any more goes; what was decided stays, without their words."""
    for kind in registry.all_kinds():
        there = kind.model._default_manager.filter(pk=OuterRef("object_id"))
        Case.objects.filter(~Exists(there), kind=kind.key, author=user, state=Case.State.WAITING).delete()
    caching.bump(services.KIND)
    Case.objects.filter(author=user).update(words="")
    Case.objects.filter(claimed_by=user).update(claimed_by=None, claimed_at=None)


def _erase_reports(user: User) -> None:
    Report.objects.filter(reporter=user).update(reporter=None, text="")


def _erase_standing(user: User) -> None:
    Standing.objects.filter(user=user).delete()


def _erase_log(user: User) -> None:
    """What they wrote in an appeal goes; what a moderator gave as a reason is the house's own word."""
    Act.objects.filter(by=user, verb=Act.Verb.APPEALED).update(reason="")


def sign_up() -> None:
    erasure.register(
        Holding(
            "moderation",
            _("Decisions of moderators"),
            (Case,),
            _cases,
            _erase_cases,
            keeps=_("That something was decided about a former member, and why; not what they said to it."),
        )
    )
    erasure.register(
        Holding(
            "post_reports",
            _("Posts you reported"),
            (Report,),
            _reports,
            _erase_reports,
            keeps=_("That a post was reported, and for which reason."),
        )
    )
    erasure.register(
        Holding(
            "standing",
            _("Standing, warnings, pauses and bans"),
            (Standing, Sanction),
            _standing,
            _erase_standing,
            keeps=_("That a former member was warned, paused or banned, and why."),
        )
    )
    erasure.register(
        Holding(
            "moderation_log",
            _("Moderation log"),
            (Act,),
            _log,
            _erase_log,
            keeps=_("That a step was taken, by or about a former member."),
        )
    )
