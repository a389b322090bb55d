"""What has come of each webinar that is over, and what is owed by whom: in as many queries for one as for all.

Recording and transcript are owed in each language spoken, slides once, the summary in each language in which the
webinar was announced, an answer to each question. Where everybody reads its community, the questions go on there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from content import wording
from content.models import Entry
from content.paging import slice_of
from webinars.models import Material, Organiser, PanelLink, Question, Recording, Series, Webinar

if TYPE_CHECKING:
    from django.http import HttpRequest

    from webinars.querysets import WebinarQuerySet

LATE_AFTER = 7  # days
RECORDING, SLIDES, TRANSCRIPT, ANSWERS, SUMMARY, DISCUSSION = (
    *("recordings", "slides", "transcript", "questions", "summary", "discussion"),
)
PAGES = {  # where each is done
    RECORDING: "edit_recordings",
    **dict.fromkeys((SLIDES, TRANSCRIPT), "edit_materials"),
    ANSWERS: "edit_questions",
    **dict.fromkeys((SUMMARY, DISCUSSION), "edit_summary"),
}
CODES = tuple(settings.MODELTRANSLATION_LANGUAGES)


@dataclass
class Facts:
    """What the database says of one webinar."""

    pk: int
    ends_at: datetime
    spoken: Sequence[str]
    announced: Sequence[str]  # languages in which it has a title
    summarised: Sequence[str]  # those in which its public summary has a text
    can_have_summary: bool
    goes_on: bool  # in an open community
    is_discussed: bool
    there: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # what → languages
    asked: dict[str, tuple[int, int]] = field(default_factory=dict)  # language → questions, those that wait

    def missing(self) -> dict[str, list[str]]:
        """What is owed, and in which languages; what has none is owed once."""
        waiting = [code for code, (_all, open_) in self.asked.items() if open_]
        owed = {
            RECORDING: [code for code in self.spoken if code not in self.there[RECORDING]],
            SLIDES: [] if self.there[SLIDES] else [""],
            TRANSCRIPT: [code for code in self.spoken if code not in self.there[TRANSCRIPT]],
            ANSWERS: waiting,
            SUMMARY: [code for code in self.announced if code not in self.summarised] if self.can_have_summary else [],
            DISCUSSION: [""] if self.asked and self.goes_on and not self.is_discussed else [],
        }
        return {what: languages for what, languages in owed.items() if languages}

    def days(self, now: datetime) -> int:
        return (now - self.ends_at).days


# ---------- Read ----------


def facts_of(webinars: WebinarQuerySet) -> list[Facts]:
    """In four queries."""
    published = Q(summary_post__status=Entry.Status.PUBLISHED)
    columns = {f"in_{code}": _is(Q(**{f"title_{code}__gt": ""})) for code in CODES}
    columns |= {f"said_{code}": _is(published & Q(**{f"summary_post__body_{code}__gt": ""})) for code in CODES}
    community = ("community__access", "community__status", "community__archived_at")
    own = ("pk", "ends_at", "spoken", "original_language", "summary_post__thread__is_comments")
    rows = webinars.annotate(**columns).order_by().values(*own, *community, *columns)
    found = {row["pk"]: _facts(row) for row in rows}
    for pk, language in Recording.objects.filter(webinar__in=webinars.order_by()).values_list("webinar", "language"):
        if pk in found:  # a webinar may have appeared meanwhile
            found[pk].there[RECORDING].add(language)
    files = Material.objects.filter(webinar__in=webinars.order_by(), kind__in=(SLIDES, TRANSCRIPT))
    for pk, kind, language in files.values_list("webinar", "kind", "language"):
        if pk in found:
            found[pk].there[kind].add(language)
    asked = Question.objects.shown().filter(webinar__in=webinars.order_by()).order_by().values("webinar", "language")
    for row in asked.annotate(number=Count("pk"), waiting=Count("pk", filter=Q(answered_at=None))):
        if row["webinar"] in found:
            found[row["webinar"]].asked[row["language"]] = (row["number"], row["waiting"])
    return list(found.values())


def _is(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _facts(row: dict[str, Any]) -> Facts:
    is_there = row["community__status"] == Entry.Status.PUBLISHED
    return Facts(
        pk=row["pk"],
        ends_at=row["ends_at"],
        spoken=row["spoken"] or [row["original_language"]],
        announced=[code for code in CODES if row[f"in_{code}"]],
        summarised=[code for code in CODES if row[f"said_{code}"]],
        can_have_summary=row["community__access"] != "private",
        goes_on=is_there and row["community__access"] == "open" and row["community__archived_at"] is None,
        is_discussed=row["summary_post__thread__is_comments"] is False,
    )


# ---------- Shown ----------


@dataclass(frozen=True)
class Tick:
    """One line of a webinar: what is there, or is missing and where it is brought."""

    label: str
    text: str
    is_done: bool
    url: str


@dataclass(frozen=True)
class Owed:
    who: str
    what: str


@dataclass(frozen=True)
class Row:
    webinar: Webinar
    days: int
    ticks: list[Tick]
    owed: list[Owed]

    @property
    def is_complete(self) -> bool:
        return all(tick.is_done for tick in self.ticks)

    @property
    def is_late(self) -> bool:
        return not self.is_complete and self.days > LATE_AFTER


def labels() -> dict[str, str]:
    return {
        RECORDING: _("Recording"),
        SLIDES: pgettext("of a webinar", "Slides"),
        TRANSCRIPT: pgettext("of a webinar", "Transcript"),
        ANSWERS: _("Questions and answers"),
        SUMMARY: _("Summary"),
        DISCUSSION: _("In the community"),
    }


def rows_of(facts: Sequence[Facts]) -> list[Row]:
    """In four queries, in the order of `facts`."""
    keys = [one.pk for one in facts]
    webinars = Webinar.objects.select_related("series", "community").in_bulk(keys)
    organisers = _names(Organiser.objects.filter(webinar__in=keys).select_related("user"), "webinar_id", "user")
    working = PanelLink.objects.filter(panellist__webinar__in=keys, revoked_at=None, expires_at__gt=timezone.now())
    panels: dict[int, list[str]] = defaultdict(list)
    for link in working.select_related("panellist__user").order_by("panellist__position", "panellist"):
        panels[link.panellist.webinar_id].append(str(link.panellist))
    return [_row(one, webinars[one.pk], organisers[one.pk], panels[one.pk]) for one in facts]


def _names(rows: Iterable[Any], key: str, person: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(str(getattr(row, person)))
    return found


def _row(facts: Facts, webinar: Webinar, organisers: list[str], panel: list[str]) -> Row:
    missing = facts.missing()
    names = labels()
    ticks = [
        Tick(names[what], _said(facts, what, missing.get(what, [])), what not in missing, _page(webinar, what))
        for what in names
        if _concerns(facts, what)
    ]
    theirs = ", ".join(organisers) or _("the organisers")
    debts: dict[str, list[str]] = defaultdict(list)
    for what in missing:
        who = _("the editors") if what in (SUMMARY, DISCUSSION) else theirs
        debts[", ".join(panel) if what == ANSWERS and panel else who].append(names[what])
    owed = [Owed(who, ", ".join(what)) for who, what in debts.items()]
    return Row(webinar, facts.days(timezone.now()), ticks, owed)


def _page(webinar: Webinar, what: str) -> str:
    return reverse(f"webinars:{PAGES[what]}", args=[webinar.slug])


def _concerns(facts: Facts, what: str) -> bool:
    """Of a private community's there is no summary, and what nobody asked is not answered."""
    if what == SUMMARY:
        return facts.can_have_summary
    if what == DISCUSSION:
        return facts.is_discussed or (facts.goes_on and bool(facts.asked))
    return what != ANSWERS or bool(facts.asked)


def _said(facts: Facts, what: str, missing: Sequence[str]) -> str:
    if what == ANSWERS:
        waiting = sum(open_ for _all, open_ in facts.asked.values())
        number = sum(count for count, _open in facts.asked.values())
        if waiting:
            said = _("%(waiting)s of %(number)s without an answer (%(languages)s)")
            return said % {"waiting": waiting, "number": number, "languages": _listed(missing)}
        return _("all %(number)s answered") % {"number": number}
    if what == DISCUSSION:
        return _("begins when the summary is published") if missing else _("discussed")
    there = facts.summarised if what == SUMMARY else sorted(facts.there[what])
    parts = [_listed(there)] if there else []
    if missing:
        languages = [code for code in missing if code]
        parts.append(_("missing in %(languages)s") % {"languages": _listed(languages)} if languages else _("missing"))
    return "; ".join(parts)


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(wording.language_name(code) for code in codes)


def row_of(webinar: Webinar) -> Row:
    """For its own pages: the same ticks."""
    return rows_of(facts_of(Webinar.objects.filter(pk=webinar.pk)))[0]


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool
    count: int | None = None


class Board:
    """Every webinar that is over, what is late first."""

    def __init__(self, request: HttpRequest) -> None:
        self.shows_all = request.GET.get("show") == "all"
        self.series = list(Series.objects.order_by("slug"))
        chosen = request.GET.get("series", "")
        self.chosen = next((one for one in self.series if one.slug == chosen), None)
        found = Webinar.objects.visible_to(request.user).filter(status=Webinar.Status.PUBLISHED).past()
        self._facts = facts_of(found.filter(series=self.chosen) if self.chosen else found)
        self._now = timezone.now()
        shown = self._facts if self.shows_all else [one for one in self._facts if one.missing()]
        self.page = slice_of(request, sorted(shown, key=self._order))  # type: ignore[arg-type]
        self.rows = rows_of(self.page.rows)

    def _order(self, one: Facts) -> tuple[int, float, int]:
        """Late ones, then others with something to do, the oldest first; then what is complete, the latest first."""
        since = one.ends_at.timestamp()
        if not one.missing():
            return (2, -since, one.pk)
        return (0 if self._is_late(one) else 1, since, one.pk)

    def _is_late(self, one: Facts) -> bool:
        return one.days(self._now) > LATE_AFTER

    @cached_property
    def incomplete(self) -> int:
        return sum(1 for one in self._facts if one.missing())

    @cached_property
    def late(self) -> int:
        return sum(1 for one in self._facts if one.missing() and self._is_late(one))

    @property
    def tabs(self) -> list[Link]:
        return [
            Link(_("Incomplete"), self._url(), not self.shows_all, self.incomplete),
            Link(pgettext("webinars", "All"), self._url(show="all"), self.shows_all, len(self._facts)),
        ]

    def _url(self, **more: str) -> str:
        query = more | ({"series": self.chosen.slug} if self.chosen else {})
        return reverse("webinars:board") + (f"?{urlencode(query)}" if query else "")
