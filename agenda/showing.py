"""What the calendar's pages show beside its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from agenda import calendar, when
from agenda.models import LANGUAGES, Event
from content import registry, wording
from content.cards import kept_cards
from content.translations import Words, words
from discussions.markup import article_html
from search.facets import vocabulary_names

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

MOST_LINKED = 30


# ---------- The calendar ----------


@dataclass(frozen=True)
class Choice:
    key: str
    chosen: str
    values: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Filters:
    choices: Sequence[Choice]
    is_narrowed: bool
    ahead_url: str
    past_url: str
    clear_url: str
    calendar_url: str  # what a calendar subscribes to


def filters(request: HttpRequest, narrowing: calendar.Narrowing, past: bool) -> Filters:
    """One of each in the form; an address may name several."""
    pairs = narrowing.pairs()
    chosen = dict(pairs)
    ics = request.path + "calendar.ics"
    return Filters(
        choices=[
            Choice("kind", chosen.get("kind", ""), calendar.kinds()),
            Choice("topic", chosen.get("topic", ""), _sorted(vocabulary_names("topic"))),
            Choice("country", chosen.get("country", ""), _sorted(vocabulary_names("country"))),
            Choice("lang", chosen.get("lang", ""), [(one, wording.language_name(one)) for one in LANGUAGES]),
        ],
        is_narrowed=bool(pairs),
        ahead_url=_address(request.path, pairs),
        past_url=_address(request.path, [*pairs, ("past", "1")]),
        clear_url=_address(request.path, [("past", "1")] if past else []),
        calendar_url=_address(ics, pairs),
    )


def _sorted(names: Any) -> list[tuple[str, str]]:
    return sorted(names.items(), key=lambda one: str(one[1]).casefold())


def _address(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path


def next_end() -> datetime | None:
    """When the list of what is ahead says something else without anybody saving a row."""
    first = Event.objects.published().ahead().order_by("ends_at").first()
    return first.ends_at if first else None


def as_data(rows: Iterable[calendar.Entry], base: str) -> list[dict[str, Any]]:
    """The same rows for programs, in their order."""
    rows = list(rows)
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for key in dict.fromkeys(one.key for one in rows):
        kind = registry.get(key)
        records: Any = kind.published().filter(pk__in=[one.pk for one in rows if one.key == key])
        records = records.with_card_data()
        found |= {(key, record.pk): kind.as_data(record, base=base) for record in records}
    return [found[one.key, one.pk] for one in rows if (one.key, one.pk) in found]


# ---------- One event ----------


@dataclass(frozen=True)
class Shown:
    title: Words
    summary: Words
    body: Words
    html: SafeString
    when: str
    stated: str  # the same in the zone it was announced in
    is_over: bool
    is_on: bool


def page(event: Event) -> Shown:
    body = words(event, "body")
    return Shown(
        title=words(event, "title"),
        summary=words(event, "summary"),
        body=body,
        html=article_html(body.text),
        when=when.in_words(event),
        stated="" if event.whole_days else when.stated(event),
        is_over=event.is_over,
        is_on=event.is_on,
    )


def linked(event: Event) -> list[SafeString]:
    """Cards of what came out of it and is public."""
    rows = list(event.links.values_list("content_type_id", "object_id")[:MOST_LINKED])
    found: dict[tuple[int, int], SafeString] = {}
    for kind in registry.all_types():
        type_id = ContentType.objects.get_for_model(kind.model).pk
        if keys := [pk for one, pk in rows if one == type_id]:
            found |= {(type_id, pk): card for pk, card in kept_cards(kind.key, keys).items()}
    return [found[row] for row in rows if row in found]
