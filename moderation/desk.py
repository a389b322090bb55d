"""One case on a moderator's desk: what is known of it, what was done, what can be decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from moderation import deciding, queue, registry
from moderation.forms import DecisionForm
from moderation.models import Act, Case, Report, Sanction
from moderation.permissions import can_moderate, can_sanction

if TYPE_CHECKING:
    from members.models import User


class Desk:
    """Raises Http404 for a case that this moderator does not decide, or that is about nothing any more."""

    def __init__(self, request: HttpRequest, pk: int) -> None:
        self.request = request
        self.user: User = request.user  # type: ignore[assignment]
        mine = Case.objects.decided_by_them(self.user).with_people()
        self.case: Case = get_object_or_404(mine, pk=pk)
        (self.item,) = queue.items([self.case])
        if self.item.record is None:
            raise Http404
        self.record = self.item.record
        self.kind = registry.kind(self.case.kind)
        self.stale = ""  # why a step was refused
        self.bound: DecisionForm | None = None

    @cached_property
    def words(self) -> str:
        """What it is about, in its context, as its app draws it."""
        return render_to_string(self.kind.template, {"record": self.record, **self.kind.context(self.record)})

    @cached_property
    def url(self) -> str:
        """Where readers find it, for a moderator who may read there."""
        if isinstance(self.record, Sanction):
            return ""
        there = self.kind.model._default_manager.visible_to(self.user)  # type: ignore[attr-defined]
        return self.kind.url_of(self.record) if there.filter(pk=self.record.pk).exists() else ""

    @cached_property
    def reports(self) -> list[Report]:
        return list(Report.objects.filter(case__in=self._cases).select_related("reporter"))

    @cached_property
    def history(self) -> list[Act]:
        """All that was done about the same thing, oldest first."""
        return list(Act.objects.filter(case__in=self._cases).select_related("by").order_by("at", "pk"))

    @cached_property
    def _cases(self) -> list[int]:
        return list(Case.objects.about(self.record).order_by().values_list("pk", flat=True))

    @cached_property
    def open_case(self) -> Case | None:
        """Where this one is decided and another about the same thing waits."""
        others = Case.objects.about(self.record).waiting().decided_by_them(self.user)
        return None if self.case.is_waiting else others.first()

    @cached_property
    def sanctions(self) -> list[Sanction]:
        """Of its author, that hold here."""
        here = Sanction.objects.in_force().filter(scope_type=self.case.scope_type_id, scope_id=self.case.scope_id)
        return list(here.filter(user=self.case.author_id)) if self.case.author_id else []

    @cached_property
    def claimed_by_other(self) -> User | None:
        return self.case.claimed_by if self.item.claimed_since and self.case.claimed_by != self.user else None

    @property
    def is_mine(self) -> bool:
        return bool(self.item.claimed_since) and self.case.claimed_by == self.user

    @cached_property
    def can_sanction(self) -> bool:
        return can_sanction(self.user, self.case)

    @cached_property
    def can_take_up(self) -> bool:
        """A decision is changed by taking the same thing up again."""
        is_settled = not self.case.is_waiting and self.open_case is None
        return is_settled and not isinstance(self.record, Sanction) and can_moderate(self.user, self.record)

    @property
    def form(self) -> DecisionForm | None:
        """What can be decided now; a form that came back stands here with what was typed."""
        if not self.case.is_waiting or self.claimed_by_other:
            return None
        return self.bound or self.bind(None)

    def bind(self, data: Any) -> DecisionForm:
        name = str(self.case.author) if self.case.author else ""
        form = DecisionForm(data, case=self.case, record=self.record, name=name)
        if data is not None:
            self.bound = form
        return form

    def refresh(self, stale: str) -> Desk:
        """The case as it is now, with what was typed and why nothing came of it."""
        fresh = Desk(self.request, self.case.pk)
        fresh.stale, fresh.bound = stale, self.bound
        return fresh


# ---------- Beside a post, on the page of a discussion ----------


@dataclass(frozen=True)
class Tools:
    """What a moderator sees beside something that members wrote."""

    case: Case | None  # that waits
    reports: list[Report]
    form: DecisionForm
    stamp: str
    url: str  # where readers find it
    claimed_by_other: User | None
    is_own: bool


def open_cases_in(scope: Any) -> dict[tuple[int, int], list[Case]]:
    """All that waits in one part of the portal, by what it is about: asked once for a page."""
    waiting = Case.objects.waiting().in_scope(scope).exclude(subject=Case.Subject.APPEAL)
    found: dict[tuple[int, int], list[Case]] = defaultdict(list)
    for case in waiting.select_related("claimed_by").prefetch_related("reports__reporter"):
        found[(case.content_type_id, case.object_id)].append(case)
    return found


def tools_of(record: Any, cases: Iterable[Case], user: User) -> Tools:
    case = next(iter(cases), None)
    kind = registry.kind_of(record)
    author = kind.author_of(record)
    since = deciding.claimed_since(case) if case else None
    return Tools(
        case=case,
        reports=list(case.reports.all()) if case else [],
        form=DecisionForm(case=case, record=record, name=str(author) if author else ""),
        stamp=deciding.stamp_of(record, case),
        url=kind.url_of(record),
        claimed_by_other=case.claimed_by if case and since and case.claimed_by != user else None,
        is_own=author == user,
    )
