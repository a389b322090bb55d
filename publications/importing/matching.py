"""Is this record here already? Asked of the library and of everything read before in the same run.

Titles are compared within one year only, and only with those that begin or end alike, so that a million comparisons
are some hundred: one letter too many stands in the beginning or in the end of a title, not in both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rapidfuzz.distance import Levenshtein

from publications.importing.records import Draft
from publications.models import Document, Publication, TitleKey
from publications.titles import title_key

SHORT = 24  # characters of a key under which a title says too little: "Editorial", "Annual report"
_ENDS = 10  # characters at either end of a title by which candidates are found
_BATCH = 500  # values in one IN (…)
_NUMBER = re.compile(r"\d|^[ivxlc]+$|^[a-z]$")  # numbers, Roman ones, and letters that count: part A, part B


@dataclass(frozen=True)
class Known:
    """A record of the library, or an entry of this run that will become one."""

    title_key: str
    doi: str
    year: int | None
    record: int | None = None
    entry: tuple[str, int] | None = None
    first_author: str | None = None  # None: ask the database
    journal: str = ""


class Library:
    """Everything that could be the same as one of the drafts, read in a fixed number of queries per 500 drafts."""

    def __init__(self, drafts: Sequence[Draft], *, source: str, country_words: Mapping[str, set[int]]) -> None:
        self.country_words = country_words
        self.by_doi: dict[str, Known] = {}
        self.by_key: dict[str, Known] = {}
        self.by_file: dict[str, Known] = {}
        self.by_title: dict[tuple[int | None, str], list[Known]] = defaultdict(list)
        self.by_end: dict[tuple[int | None, str], list[Known]] = defaultdict(list)
        self.undated: dict[str, list[Known]] = defaultdict(list)
        self._load_titles({draft.year for draft in drafts}, {draft.title_key for draft in drafts if draft.year is None})
        self._load_keys(drafts, source)

    def _load_titles(self, years: set[int | None], keys_without_year: set[str]) -> None:
        titles = TitleKey.objects.order_by()
        for some in _chunks(sorted(year for year in years if year)):
            self._remember(titles.filter(publication__year__in=some))
        self._remember(titles.filter(publication__year=None))
        for keys in _chunks(sorted(keys_without_year)):
            self._remember(titles.filter(key__in=keys, publication__year__isnull=False))

    def _remember(self, titles: QuerySet[TitleKey]) -> None:
        columns = ("publication", "key", *(f"publication__{name}" for name in ("doi", "year", "journal")))
        for pk, key, doi, year, journal in titles.values_list(*columns).iterator(5000):
            self._file(Known(key, doi, year, record=pk, journal=journal))

    def _load_keys(self, drafts: Sequence[Draft], source: str) -> None:
        fields = ("pk", "doi", "year", "source_record")
        for dois in _chunks(sorted({draft.doi for draft in drafts} - {""})):
            for pk, doi, year, _record in Publication.objects.filter(doi__in=dois).values_list(*fields):
                self.by_doi.setdefault(doi, Known("", doi, year, record=pk))
        for keys in _chunks(sorted({draft.key for draft in drafts})):
            rows = Publication.objects.filter(source=source, source_record__in=keys)
            for pk, doi, year, record in rows.values_list(*fields):
                self.by_key[record] = Known("", doi, year, record=pk)
        for hashes in _chunks(sorted({sha for draft in drafts for sha in draft.hashes})):
            kept = Document.objects.filter(file__sha256__in=hashes).values_list("file__sha256", "publication_id")
            for sha, pk in kept:
                self.by_file.setdefault(sha, Known("", "", None, record=pk))

    def _file(self, known: Known) -> None:
        self.by_title[known.year, known.title_key].append(known)
        if len(known.title_key) >= SHORT:
            for end in (known.title_key[:_ENDS], known.title_key[-_ENDS:]):
                self.by_end[known.year, end].append(known)
        self.undated[known.title_key].append(known)

    def add(self, draft: Draft) -> None:
        """Later entries are compared with this one too."""
        known = Known(
            draft.title_key, draft.doi, draft.year, entry=(draft.file, draft.number),
            first_author=title_key(draft.first_author), journal=draft.journal,
        )  # fmt: skip
        if draft.doi:
            self.by_doi.setdefault(draft.doi, known)
        self.by_key.setdefault(draft.key, known)
        for sha in draft.hashes:
            self.by_file.setdefault(sha, known)
        for key in {draft.title_key, *map(title_key, draft.titles.values())}:
            self._file(replace(known, title_key=key))

    def find(self, draft: Draft) -> tuple[Known, str] | None:
        """What it is the same as, and why."""
        return self.find_by_name(draft) or self._titled_alike(draft)

    def find_by_name(self, draft: Draft) -> tuple[Known, str] | None:
        if draft.doi in self.by_doi:
            return self.by_doi[draft.doi], _("same DOI")
        if known := self.by_key.get(draft.key):
            return known, _("came from this source before") if known.record else _("same title, year and author")
        known = next((self.by_file[sha] for sha in draft.hashes if sha in self.by_file), None)
        return (known, _("same file")) if known else None

    def _titled_alike(self, draft: Draft) -> tuple[Known, str] | None:
        tells = len(draft.title_key) >= SHORT
        for found, surely, reason in (
            (self.by_title.get((draft.year, draft.title_key), ()), tells, _("same title and year")),
            (self._undated(draft), False, _("same title and author")),
            (self._near(draft), True, _("nearly the same title, same year")),
        ):
            for known in found:
                if self._may_be(draft, known) and (surely or self._agree(draft, known)):
                    return known, reason
        return None

    def _undated(self, draft: Draft) -> Iterator[Known]:
        """Same title where one of the two does not say its year."""
        for known in self.undated.get(draft.title_key, ()):
            if (known.year is None) != (draft.year is None):
                yield known

    @staticmethod
    def _may_be(draft: Draft, known: Known) -> bool:
        """Two DOIs are two publications, however alike their titles."""
        return not (draft.doi and known.doi and draft.doi != known.doi)

    @staticmethod
    def _agree(draft: Draft, known: Known) -> bool:
        """For titles that many publications have: the same first author, and the same journal where both have one."""
        first = known.first_author
        if first is None:
            families = Publication.objects.filter(pk=known.record or 0).values_list("authors__family", flat=True)
            first = title_key(families.order_by("authors__position").first() or "")
        journals = {title_key(name) for name in (draft.journal, known.journal) if name}
        return first == title_key(draft.first_author) and len(journals) < 2

    def _near(self, draft: Draft) -> Iterator[Known]:
        key = draft.title_key
        if len(key) < SHORT:
            return
        for end in dict.fromkeys((key[:_ENDS], key[-_ENDS:])):
            for known in self.by_end.get((draft.year, end), ()):
                if differ_by_spelling(key, known.title_key, self.country_words):
                    yield known


def differ_by_spelling(one: str, other: str, country_words: Mapping[str, set[int]]) -> bool:
    """Whether two titles are nearly one: a letter apart, which is neither a number, a volume nor a country: Iran is
    not Iraq, nor II III."""
    most = 1 if len(one) < 120 else 2  # letters that may differ
    if Levenshtein.distance(one, other, score_cutoff=most) > most:
        return False
    left, right = _differing(one.split(), other.split())
    if any(_NUMBER.search(word) for word in left + right):
        return False
    places = [set().union(*(country_words.get(word, ()) for word in words)) for words in (left, right)]
    return not (places[0] and places[1] and not places[0] & places[1])


def _differing(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    while left and right and left[0] == right[0]:
        left, right = left[1:], right[1:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return left, right


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    values = list(values)
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]
