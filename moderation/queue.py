"""The queue of a moderator: what waits in the parts of the portal they run, oldest first, behind tabs and filters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from content import caching, wording
from content.paging import slice_of
from content.promise import late_before
from content.review import Check
from content.text import one_line
from members.permissions import is_administrator
from moderation import checks, deciding, permissions, registry, services, telling
from moderation.models import Case

if TYPE_CHECKING:
    from members.models import User

Subject = Case.Subject
FIRST, REPORTS, APPEALS, DECIDED = "first", "reports", "appeals", "decided"
SUBJECTS: dict[str, tuple[Case.Subject, ...]] = {
    FIRST: (Subject.FIRST,),
    REPORTS: (Subject.REPORT, Subject.EDITED, Subject.OWN),
    APPEALS: (Subject.APPEAL,),
}
EXCERPT = 240  # characters


@dataclass(frozen=True)
class ScopeChoice:
    """A part of the portal that somebody runs, as an address names it: community:12."""

    kind: registry.Scope
    row: Any

    @property
    def key(self) -> str:
        return f"{self.kind.key}:{self.row.pk}"

    @property
    def name(self) -> str:
        return telling.name_of(self.row)


def scopes_of(user: User) -> list[ScopeChoice]:
    return [ScopeChoice(scope, row) for scope in registry.all_scopes() for row in scope.run_by(user)]


def scope_asked_for(request: HttpRequest, mine: Sequence[ScopeChoice]) -> ScopeChoice | None:
    """Raises PermissionDenied for what they do not run, whether there is such a thing or not."""
    asked = request.GET.get("scope", "")
    found = next((one for one in mine if one.key == asked), None)
    if asked and found is None:
        raise PermissionDenied
    return found


@dataclass(frozen=True)
class Selection:
    """What of the queue somebody looks at, as the address says it."""

    tab: str = ""  # "": everything that waits
    scope: str = ""
    language: str = ""

    @property
    def query(self) -> str:
        pairs = {"tab": self.tab, "scope": self.scope, "lang": self.language}
        kept = {name: value for name, value in pairs.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def url(self) -> str:
        return reverse("moderation:queue") + self.query

    def of_tab(self, cases: Any) -> Any:
        if self.tab == DECIDED:
            return cases.filter(state=Case.State.DECIDED).order_by("-decided_at", "-pk")
        waiting = cases.filter(state=Case.State.WAITING)
        return waiting.filter(subject__in=SUBJECTS[self.tab]) if self.tab else waiting


def selection_of(request: HttpRequest, scope: ScopeChoice | None) -> Selection:
    asked = request.GET
    return Selection(
        tab=asked.get("tab", "") if asked.get("tab") in (*SUBJECTS, DECIDED) else "",
        scope=scope.key if scope else "",
        language=asked.get("lang", "") if asked.get("lang") in settings.MODELTRANSLATION_LANGUAGES else "",
    )


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True)
class Item:
    """One case as the queue, or its own page, shows it."""

    case: Case
    record: Any  # None: it went with its author's account
    title: str
    excerpt: str
    scope: str  # its name
    checks: Sequence[Check]
    is_late: bool
    claimed_since: datetime | None


def records_of(cases: Iterable[Case]) -> dict[int, Any]:
    """What cases are about, by the case's pk: one question for each kind, and what it asks along."""
    wanted: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for case in cases:
        wanted[case.kind][case.object_id].append(case.pk)
    found: dict[int, Any] = {}
    for key, pks in wanted.items():
        kind = registry.kind(key)
        for record in kind.with_people(kind.model._default_manager.filter(pk__in=pks)):
            found |= dict.fromkeys(pks[record.pk], record)
    return found


def items(cases: Sequence[Case]) -> list[Item]:
    records, late = records_of(cases), late_before()
    checked = checks.checks_of(cases, records)
    found = []
    for case in cases:
        record, kind = records.get(case.pk), registry.kind(case.kind)
        found.append(
            Item(
                case=case,
                record=record,
                title=kind.title_of(record) if record else "",
                excerpt=one_line(case.words or kind.text_of(record), EXCERPT) if record else "",
                scope=telling.name_of(case.scope),
                checks=checked[case.pk],
                is_late=case.is_waiting and case.opened_at < late,
                claimed_since=deciding.claimed_since(case),
            )
        )
    return found


class Queue:
    """What the page of the queue shows. Raises PermissionDenied where the address names what they do not run."""

    def __init__(self, request: HttpRequest) -> None:
        self.user: User = request.user  # type: ignore[assignment]
        self.scopes = scopes_of(self.user)
        self.scope = scope_asked_for(request, self.scopes)
        self.selection = selection_of(request, self.scope)
        cases = self.selection.of_tab(self._cases)
        if self.selection.language:
            cases = cases.filter(language=self.selection.language)
        self.page = slice_of(request, cases.with_people())
        self.items = items(self.page.rows)

    @cached_property
    def _cases(self) -> Any:
        cases = Case.objects.decided_by_them(self.user)
        return cases.in_scope(self.scope.row) if self.scope else cases

    @cached_property
    def oldest(self) -> datetime | None:
        return self._cases.waiting().values_list("opened_at", flat=True).first()

    @cached_property
    def _counts(self) -> Counter[str]:
        tabs = {subject: tab for tab, subjects in SUBJECTS.items() for subject in subjects}
        counts: Counter[str] = Counter()
        for row in self._cases.waiting().order_by().values("subject").annotate(number=Count("pk")):
            counts[tabs[row["subject"]]] += row["number"]
            counts[""] += row["number"]
        return counts

    @property
    def waiting(self) -> int:
        return self._counts[""]

    @property
    def tabs(self) -> list[Link]:
        labels = {"": _("Everything that waits"), FIRST: _("First posts"), REPORTS: pgettext("moderation", "Reports")}
        labels |= {APPEALS: _("Appeals"), DECIDED: _("Decided")}
        return [
            Link(
                label,
                replace(self.selection, tab=tab).url,
                tab == self.selection.tab,
                None if tab == DECIDED else self._counts[tab],  # decided cases are many, and nobody counts them
            )
            for tab, label in labels.items()
        ]

    @property
    def filters(self) -> list[list[Link]]:
        chosen = self.selection
        by_language = [Link(_("All languages"), replace(chosen, language="").url, not chosen.language)]
        for code in settings.MODELTRANSLATION_LANGUAGES:
            name = pgettext("language a text is in", "%(language)s") % {"language": wording.language_name(code)}
            by_language.append(Link(name, replace(chosen, language=code).url, chosen.language == code))
        if len(self.scopes) < 2:
            return [by_language]
        by_scope = [Link(_("All that I moderate"), replace(chosen, scope="").url, not chosen.scope)]
        by_scope += [Link(one.name, replace(chosen, scope=one.key).url, one is self.scope) for one in self.scopes]
        return [by_scope, by_language]


def waiting_count(user: User) -> int | None:
    """How many cases wait for somebody; None for who moderates nothing. Every page asks: remembered until a case or who
    moderates changes."""
    kinds = (services.KIND, *(kind for scope in registry.all_scopes() for kind in scope.kinds))
    name = f"moderation-{user.pk}-{is_administrator(user)}"
    can_enter, number = caching.remember(name, lambda: _waiting_for(user), *kinds)
    return number if can_enter else None


def _waiting_for(user: User) -> tuple[bool, int]:
    if not permissions.can_enter(user):
        return False, 0
    return True, Case.objects.waiting().decided_by_them(user).count()
