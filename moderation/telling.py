"""What authors are told of decisions, with why and what they can do, and moderators of what waits for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from content import wording
from content.text import one_line
from members.models import User
from moderation import registry
from moderation.models import Case
from notifications import kinds, notices
from notifications.kinds import SUMMED_UP, Frequency, Kind

if TYPE_CHECKING:
    from moderation.models import Sanction
    from notifications.models import Notice

TO_AUTHOR, TO_MODERATORS = "moderation", "moderation_queue"
AT_ONCE_OR_DAILY = (Frequency.AT_ONCE, Frequency.DAILY)
LONGEST_TITLE = 120  # characters
SHOWN = ("approved", "kept", "restored")  # leads to what was written; anything else to the page about the decision


def tell_author(case: Case, verb: str, *, reason: str = "", sanction: Sanction | None = None) -> None:
    """Of a decision, in their language. `verb` is one of Act.Verb."""
    author = case.author
    if author is None or not author.is_active:
        return
    with override(author.language):
        context = _context(case, verb, sanction)
    notices.notify(
        kind=TO_AUTHOR,
        occasion=f"moderation:{case.pk}:{case.turn}:{verb}",
        recipients=[author],
        template="moderation/decided",
        context=context | {"note": reason},
    )


def _context(case: Case, verb: str, sanction: Sanction | None) -> dict[str, Any]:
    scope, record = case.scope, case.record
    decision = reverse("moderation:decision", args=[case.pk])
    context: dict[str, Any] = {"verb": verb, "scope": name_of(scope), "path": decision, "decision_path": decision}
    if sanction is not None:
        context["until"] = wording.moment(sanction.until) if sanction.until else ""
        context["kind"] = sanction.kind
    elif record is not None:
        kind = registry.kind(case.kind)
        context["title"] = one_line(kind.title_of(record), LONGEST_TITLE)
        context["post_path"] = kind.url_of(record)
        context["path"] = context["post_path"] if verb in SHOWN else decision
    return context


def tell_moderators(case: Case, verb: str = "") -> None:
    """That one more waits, for the summary of those who want to know. `verb`: what a rule did about it."""
    scope = case.scope
    by_language: dict[str, list[User]] = defaultdict(list)
    for one in _deciders(case):
        by_language[one.language].append(one)
    for language, readers in by_language.items():
        with override(language):
            context = {"case": case.pk, "scope": name_of(scope), "path": case.get_absolute_url()}
        notices.notify(
            kind=TO_MODERATORS,
            occasion=f"moderation-waiting:{case.pk}:{verb}",
            recipients=readers,
            template="moderation/waiting",
            context=context | {"subject": case.subject, "verb": verb},
        )


def _deciders(case: Case) -> Iterable[User]:
    """Whoever may decide it: moderators there, on an appeal administrators too."""
    scope: Any = case.scope
    found = set(registry.scope_of(scope).moderators(scope)) - {case.author}
    if case.appeal_of is not None:
        found |= set(User.objects.filter(is_superuser=True, is_active=True))
        found -= {case.author, case.appeal_of.decided_by}
    return found


def name_of(scope: Any) -> str:
    """In the language of the moment; empty where a part of the portal is gone."""
    return one_line(registry.scope_of(scope).name_of(scope), LONGEST_TITLE) if scope is not None else ""


def still_waiting(told: Sequence[Notice]) -> list[Notice]:
    """Of what a moderator was told that waits, what does so now and is still theirs."""
    pks = [notice.context["case"] for notice in told]
    left: set[tuple[int, int]] = set()
    for user in {notice.user for notice in told}:
        mine = Case.objects.waiting().decided_by_them(user).filter(pk__in=pks)
        left |= {(user.pk, pk) for pk in mine.values_list("pk", flat=True)}
    return [notice for notice in told if (notice.user_id, notice.context["case"]) in left]


def sign_up(concerns_moderators: Any) -> None:
    """The two kinds of letters. A decision about somebody's words cannot be declined: it comes at once or daily."""
    kinds.register(
        Kind(TO_AUTHOR, _("What moderators decide about what I wrote"), AT_ONCE_OR_DAILY, position=15),
        Kind(
            TO_MODERATORS,
            _("What waits for me as a moderator"),
            SUMMED_UP,
            Frequency.DAILY,
            position=45,
            on_page=False,  # the queue shows it
            concerns=concerns_moderators,
            still_news=still_waiting,
        ),
    )
