"""One case on an editor's desk: what is known of it, what was said, what can be done."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from content import deciding, registry, review, trail
from content.addresses import key_in
from content.models import Case, Entry, ReviewStep
from portal import inbox
from portal.review_forms import StepForm, steps_of
from search import services
from search.query import Query
from search.store import IndexMissing

if TYPE_CHECKING:
    from members.models import User

FOUND = 8  # records offered where a duplicate is named


class Desk:
    """Raises Http404 for a case there is none of, or whose record was deleted."""

    def __init__(self, request: HttpRequest, pk: int) -> None:
        self.request, self.user = request, request.user
        self.case: Case = get_object_or_404(Case.objects.with_people(), pk=pk)
        (self.item,) = inbox.items([self.case], self.user)
        if self.item.record is None:
            raise Http404
        self.record: Entry = self.item.record
        self.stale = ""  # why a step was refused
        self.bound: StepForm | None = None

    @property
    def reviewed(self) -> review.Reviewed | None:
        return review.find(self.case)

    @property
    def edit_url(self) -> str:
        return self.reviewed.edit_url(self.record) if self.reviewed else ""

    @property
    def trail_url(self) -> str:
        return trail.address(self.record)

    @property
    def member_language(self) -> str:
        return deciding.language_of(self.case)

    @property
    def conversation(self) -> list[ReviewStep]:
        return list(review.conversation(self.record))

    @cached_property
    def claimed_by_other(self) -> User | None:
        return self.case.claimed_by if self.item.claimed_since and self.case.claimed_by != self.user else None

    @property
    def is_mine(self) -> bool:
        return bool(self.item.claimed_since) and self.case.claimed_by == self.user

    @property
    def steps(self) -> list[StepForm]:
        """What this editor can do now; a form that came back stands among them with what was typed."""
        if not self.item.can_decide or self.claimed_by_other:
            return []
        return [
            self.bound if self.bound and self.bound.step == form.step else self._form(form)
            for form in steps_of(self.case)
        ]

    def _form(self, form: type[StepForm], data: object = None) -> StepForm:
        return form(data, case=self.case, record=self.record, similar=self.similar)

    def bind(self, step: str) -> StepForm | None:
        form = next((one for one in steps_of(self.case) if one.step == step), None)
        self.bound = self._form(form, self.request.POST) if form else None
        return self.bound

    # ----- duplicates

    @property
    def words(self) -> str:
        return self.request.GET.get("find", "")[:200]

    @cached_property
    def similar(self) -> list[Entry]:
        """What checks found alike, what the editor looked for, and what was chosen of it."""
        found = {check.similar.pk: check.similar for check in self.item.checks if check.similar}
        found |= {one.pk: one for one in find(self.case.kind, self.words)} if self.words else {}
        found |= {one.pk: one for one in by_number(self.case.kind, self.request.POST.get("of", ""))}
        found.pop(self.record.pk, None)
        return [one for one in found.values() if one.is_published]

    # ----- afterwards

    def refresh(self, stale: str) -> Desk:
        """The case as it is now, with what was typed and why nothing came of it."""
        fresh = Desk(self.request, self.case.pk)
        fresh.stale, fresh.bound = stale, self.bound
        return fresh


Act = Callable[[Case, "User", int], object]
ACTS: dict[str, Act] = {
    "claim": lambda case, by, turn: deciding.claim(case=case, by=by),
    "take_over": lambda case, by, turn: deciding.claim(case=case, by=by, take_over=True),
    "release": lambda case, by, turn: deciding.release(case=case, by=by),
    "undo": lambda case, by, turn: deciding.undo(case=case, by=by, turn=turn),
}


def find(kind: str, text: str) -> list[Entry]:
    """Published records by number, address or words."""
    if number := re.search(rf"(?:^|/p/){registry.get(kind).short}?(\d+)/?$", text.strip()):
        return by_number(kind, number[1])
    if address := re.search(r"/([\w-]+)/?(?:[?#].*)?$", text.strip()):
        return list(registry.get(kind).published().filter(slug=address[1]))
    try:
        hits = services.search(Query(text=text, kind=kind, size=FOUND)).hits
    except IndexMissing:
        return []
    records = registry.get(kind).published().in_bulk([hit.pk for hit in hits])
    return [records[hit.pk] for hit in hits if hit.pk in records]


def by_number(kind: str, number: str) -> list[Entry]:
    key = key_in(number)
    return list(registry.get(kind).published().filter(pk=key)) if key is not None else []
