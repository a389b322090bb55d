"""Is it here already? Asked while somebody fills in a form, and again for the editors, of a page of records at once.

Every question is answered by an index: of DOI, ISBN, the file's hash, the whole key of a title, and either half of it.
Two titles that differ in one letter have one half in common, so that a few rows are compared and never the library.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from publications.importing import cleaning
from publications.importing.matching import SHORT, differ_by_spelling
from publications.importing.vocabulary import Vocabulary, country_words
from publications.models import Publication
from publications.titles import title_key, title_keys

if TYPE_CHECKING:
    from members.models import User
    from publications.models import Draft
    from publications.querysets import PublicationQuerySet

MOST = 3  # shown of each
_CANDIDATES = 500  # rows of one question; more would be a series named alike


@dataclass(frozen=True)
class Similar:
    publication: Publication
    reason: str


@dataclass(frozen=True)
class Wanted:
    """What is known of something that may be here already."""

    keys: frozenset[str] = frozenset()  # of its titles, in whatever languages they are
    doi: str = ""
    isbn: str = ""
    hashes: frozenset[str] = frozenset()
    others: frozenset[int] = field(default=frozenset())  # itself, and those known to be other ones


def find(wanted: Mapping[int, Wanted], among: PublicationQuerySet) -> dict[int, list[Similar]]:
    """What each is similar to, the surest first, in the same number of queries for one as for many."""
    among = among.exclude(status=Publication.Status.WITHDRAWN).select_related("type")
    found: dict[int, dict[int, Similar]] = defaultdict(dict)
    places = functools.cache(lambda: country_words(Vocabulary()))  # read only where two titles are alike at all

    def is_near(keys: Iterable[str], other: str) -> bool:
        return any(differ_by_spelling(key, other, {}) and differ_by_spelling(key, other, places()) for key in keys)

    def ask(column: str, values_of: Callable[[Wanted], Iterable[str]], reason: str, *, nearly: bool = False) -> None:
        asked: dict[str, list[int]] = defaultdict(list)
        for name, one in wanted.items():
            for value in filter(None, values_of(one)):
                asked[value].append(name)
        rows = among.filter(**{f"{column}__in": list(asked)}).annotate(asked=F(column)) if asked else among.none()
        rows = rows.annotate(title_key=F("title_keys__key")) if nearly else rows  # of the title that was met
        for row in rows.order_by("-pk")[:_CANDIDATES]:
            for name in asked[row.asked]:
                if row.pk not in wanted[name].others and (not nearly or is_near(wanted[name].keys, row.title_key)):
                    found[name].setdefault(row.pk, Similar(row, reason))

    ask("documents__file__sha256", lambda one: one.hashes, _("The same file"))
    ask("doi", lambda one: [one.doi], _("The same DOI"))
    ask("isbn", lambda one: [one.isbn], _("The same ISBN"))
    ask("title_keys__key", lambda one: one.keys, _("The same title"))
    ask("title_keys__start", lambda one: _starts(one.keys), _("Nearly the same title"), nearly=True)
    ask("title_keys__end", lambda one: _ends(one.keys), _("Nearly the same title"), nearly=True)
    return {name: list(found[name].values())[:MOST] for name in wanted}


def similar_to(draft: Draft, *, reader: User) -> list[Similar]:
    """Records that a draft may be the same as, among those its reader may see and has not said are others."""
    wanted = Wanted(
        keys=frozenset({title_key(draft.title)}),
        doi=cleaning.doi(draft.first("doi")),
        isbn=cleaning.isbn(draft.first("isbn")),
        hashes=frozenset({draft.file.sha256} if draft.file else ()),
        others=frozenset([*draft.others, draft.publication_id or 0]),
    )
    return find({draft.pk: wanted}, Publication.objects.visible_to(reader))[draft.pk]


def similar_to_records(records: Iterable[Publication]) -> dict[int, list[Similar]]:
    """For editors: those in review too. Wants records with their documents and files."""
    wanted = {
        record.pk: Wanted(
            keys=frozenset(title_keys(record)),
            doi=record.doi,
            isbn=record.isbn,
            hashes=frozenset(document.file.sha256 for document in record.current_documents),
            others=frozenset({record.pk}),
        )
        for record in records
    }
    return find(wanted, Publication.objects.all())


def _starts(keys: Iterable[str]) -> set[str]:
    return {key[:length] for key in keys for length in _halves(key)}


def _ends(keys: Iterable[str]) -> set[str]:
    return {key[-length:] for key in keys for length in _halves(key)}


def _halves(key: str) -> set[int]:
    """Where the database cuts a title (`publications.models.HALF`) of this length, and those a letter or two off."""
    return {(len(key) + more) // 8 * 4 for more in (-2, -1, 0, 1, 2)} if len(key) >= SHORT else set()
