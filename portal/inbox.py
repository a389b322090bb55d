"""The inbox of the editors: everything that waits, oldest first, in tabs and behind a few filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from content import deciding, registry, review, wording
from content.models import Case
from content.paging import slice_of
from content.permissions import can_decide
from content.promise import late_before
from content.translations import Words, words

if TYPE_CHECKING:
    from content.models import Entry
    from members.models import User

LOOK, CORRECTIONS, WITH_MEMBER, DECIDED = "look", "corrections", "with_member", "decided"


@dataclass(frozen=True)
class Selection:
    """What of the inbox an editor looks at, as the address says it."""

    tab: str = ""  # key of a content type, or one of the above; "" is everything that waits
    who: str = ""  # mine or nobody
    language: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Selection:
        asked = request.GET
        return cls(
            tab=asked.get("tab", "") if asked.get("tab") in _tabs() else "",
            who=asked.get("who", "") if asked.get("who") in ("mine", "nobody") else "",
            language=asked.get("lang", "") if asked.get("lang") in settings.MODELTRANSLATION_LANGUAGES else "",
        )

    @property
    def query(self) -> str:
        pairs = {"tab": self.tab, "who": self.who, "lang": self.language}
        kept = {name: value for name, value in pairs.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    @property
    def url(self) -> str:
        return reverse("review") + self.query

    def cases(self, user: User) -> QuerySet[Case]:
        cases = self._of_tab()
        if self.language:
            cases = cases.filter(language=self.language)
        if self.who:
            cases = cases.mine(user) if self.who == "mine" else cases.nobodys()
        return cases

    def _of_tab(self) -> Any:
        cases = Case.objects.all()
        if self.tab == DECIDED:
            return cases.filter(state=Case.State.DECIDED).order_by("-decided_at", "-pk")
        if self.tab == WITH_MEMBER:
            return cases.filter(state=Case.State.WITH_MEMBER)
        if self.tab == LOOK:
            return cases.waiting().filter(subject=Case.Subject.LOOK)
        if self.tab == CORRECTIONS:
            return cases.waiting().filter(subject=Case.Subject.CORRECTION)
        if self.tab:
            return cases.waiting().filter(subject=Case.Subject.NEW, kind=self.tab)
        return cases.waiting()


def _tabs() -> list[str]:
    return [*(one.key for one in registry.all_types()), LOOK, CORRECTIONS, WITH_MEMBER, DECIDED]


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True)
class Item:
    """One case as the inbox, or its own page, shows it."""

    case: Case
    record: Entry | None  # None: deleted since
    title: Words | None
    summary: review.Summary
    checks: Sequence[review.Check]
    is_late: bool
    claimed_since: datetime | None
    undo_until: datetime | None
    can_decide: bool


def items(cases: Sequence[Case], user: User) -> list[Item]:
    """In the same number of queries for one as for twenty of each type."""
    records = review.records_of(cases)
    summaries, checks = review.summaries_of(cases, records), review.checks_of(cases, records)
    late = late_before()
    found = []
    for case in cases:
        record = records.get(case.pk)
        found.append(
            Item(
                case=case,
                record=record,
                title=words(record, registry.get(case.kind).title_field) if record else None,
                summary=summaries.get(case.pk, review.Summary()),
                checks=checks.get(case.pk, ()),
                is_late=case.state == Case.State.WAITING and case.waiting_since < late,
                claimed_since=deciding.claimed_since(case),
                undo_until=deciding.undoable_until(case),
                can_decide=can_decide(user, case),
            )
        )
    return found


class Inbox:
    """What the page of the inbox shows."""

    def __init__(self, request: HttpRequest) -> None:
        self.user: User = request.user
        self.selection = Selection.of(request)
        cases = self.selection.cases(self.user).with_people()
        self.page = slice_of(request, cases)
        self.items = items(self.page.rows, self.user)

    @cached_property
    def oldest(self) -> datetime | None:
        return Case.objects.waiting().values_list("waiting_since", flat=True).first()

    @property
    def is_late(self) -> bool:
        return self.oldest is not None and self.oldest < late_before()

    @cached_property
    def _counts(self) -> Counter[str]:
        """Open cases by tab, in one query over what is open."""
        counts: Counter[str] = Counter()
        rows = Case.objects.open().order_by().values("state", "subject", "kind").annotate(number=Count("pk"))
        for row in rows:
            tab = {Case.Subject.LOOK: LOOK, Case.Subject.CORRECTION: CORRECTIONS}.get(row["subject"], row["kind"])
            waits = row["state"] == Case.State.WAITING
            counts[tab if waits else WITH_MEMBER] += row["number"]
            counts[""] += row["number"] if waits else 0
        return counts

    @property
    def waiting(self) -> int:
        return self._counts[""]

    @property
    def tabs(self) -> list[Link]:
        """Tabs of types and subjects that nothing waits in are left out, but for the one that is open."""
        labels = {"": _("Everything that waits")}
        labels |= {one.key: str(one.label_plural) for one in registry.all_types()}
        labels |= {LOOK: _("Published, to review"), CORRECTIONS: _("Corrections")}
        labels |= {WITH_MEMBER: _("With the member"), DECIDED: _("Decided")}
        always = ("", WITH_MEMBER, DECIDED)
        return [
            Link(label, replace(self.selection, tab=tab).url, tab == self.selection.tab, self._count(tab))
            for tab, label in labels.items()
            if tab in always or tab == self.selection.tab or self._counts[tab]
        ]

    def _count(self, tab: str) -> int | None:
        return None if tab == DECIDED else self._counts[tab]  # decided cases are many, and nobody counts them

    @property
    def filters(self) -> list[Link]:
        chosen = self.selection
        links = [
            Link(_("Everybody’s"), replace(chosen, who="").url, not chosen.who),
            Link(_("Mine"), replace(chosen, who="mine").url, chosen.who == "mine"),
            Link(_("Nobody’s"), replace(chosen, who="nobody").url, chosen.who == "nobody"),
            Link(_("All languages"), replace(chosen, language="").url, not chosen.language),
        ]
        for code in settings.MODELTRANSLATION_LANGUAGES:
            name = pgettext("language a text is in", "%(language)s") % {"language": wording.language_name(code)}
            links.append(Link(name, replace(chosen, language=code).url, chosen.language == code))
        return links


def next_case(user: User, selection: Selection) -> Case | None:
    """The next case for an editor who has just decided one, taken for them so that no two get the same."""
    waiting = selection.cases(user).filter(state=Case.State.WAITING).order_by("waiting_since", "pk").free_for(user)
    for case in waiting[:5]:  # another editor may be taking the first ones
        try:
            return deciding.claim(case=case, by=user)
        except deciding.Stale:
            continue
    return None
