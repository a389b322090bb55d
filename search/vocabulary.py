"""The terms a question may hold, recognised in whatever language and number they are typed.

The map is written beside the index whenever an index is built or a term changes, and kept in each process until
that file changes: recognising costs no query, and every process sees a new synonym as soon as the index does.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from search.analysis import LANGUAGES, STOP_WORDS, stem, words
from search.query import Expansion
from search.store import read_json, write_json
from taxonomy.models import Country, CountryName, Region, Topic, TopicName

MODELS: tuple[type[Model], ...] = (Topic, TopicName, Country, CountryName, Region)
_FILE = "vocabulary.json"
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Entry:
    """One term with its names by language, the preferred one first."""

    facet: str
    slug: str
    names: dict[str, list[str]]
    broader: str = ""


@dataclass(frozen=True)
class Recognised:
    """Words of a question, from `start` to before `end`, that name one or more terms."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    languages: tuple[str, ...]  # in which they do

    def expansions(self, phrase: str) -> Iterator[Expansion]:
        for entry in self.entries:
            names = {language: tuple(texts) for language, texts in entry.names.items()}
            yield Expansion(phrase, entry.facet, entry.slug, names, self.languages)


@dataclass
class Vocabulary:
    entries: list[Entry]
    _phrases: dict[str, dict[tuple[str, ...], list[int]]] = field(default_factory=dict)
    _longest: int = 0

    def __post_init__(self) -> None:
        self._phrases = {language: defaultdict(list) for language in LANGUAGES}
        for number, entry in enumerate(self.entries):
            for language, names in entry.names.items():
                for name in names:
                    self._add(number, language, name)

    def _add(self, number: int, language: str, name: str) -> None:
        for form in {name, _IN_BRACKETS.sub("", name)}:
            typed = words(form)
            if not typed or language not in self._phrases or (len(typed) == 1 and typed[0] in STOP_WORDS):
                continue
            known = self._phrases[language][tuple(stem(word, language) for word in typed)]
            if number not in known:
                known.append(number)
            self._longest = max(self._longest, len(typed))

    def recognise(self, typed: Sequence[str], *, written: Sequence[str]) -> Iterator[Recognised]:
        """The longest terms in a run of folded words, from left to right, none overlapping another.

        `written` holds the same words as typed: names of two letters (US, EN) count only in capitals.
        """
        stems = {language: [stem(word, language) for word in typed] for language in LANGUAGES}
        start = 0
        while start < len(typed):
            found = self._longest_at(start, stems, written)
            if found:
                yield found
            start = found.end if found else start + 1

    def _longest_at(self, start: int, stems: Mapping[str, Sequence[str]], written: Sequence[str]) -> Recognised | None:
        for end in range(min(len(written), start + self._longest), start, -1):
            if end - start == 1 and len(written[start]) < 3 and not written[start].isupper():
                return None
            numbers = {
                language: self._phrases[language].get(tuple(stems[language][start:end]), []) for language in LANGUAGES
            }
            languages = tuple(language for language in LANGUAGES if numbers[language])
            if languages:
                every = dict.fromkeys(number for language in languages for number in numbers[language])
                return Recognised(start, end, tuple(self.entries[number] for number in every), languages)
        return None

    def get(self, facet: str, slug: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.facet == facet and entry.slug == slug), None)

    def names(self) -> dict[str, list[str]]:
        """Every name by language."""
        every: dict[str, list[str]] = defaultdict(list)
        for entry in self.entries:
            for language, names in entry.names.items():
                every[language] += [form for name in names for form in {name, _IN_BRACKETS.sub("", name)}]
        return every


def from_database() -> Vocabulary:
    return Vocabulary(
        [*_topics(), *_places("country", Country.objects.prefetch_related(_acronyms_last())), *_regions()]
    )


def _acronyms_last() -> Prefetch:
    return Prefetch("names", CountryName.objects.order_by("-kind", "pk"))


def _topics() -> Iterator[Entry]:
    rows = list(Topic.objects.prefetch_related(Prefetch("names", TopicName.objects.order_by("-kind", "pk"))))
    by_path = {topic.path: topic.slug for topic in rows}
    for topic in rows:
        broader = by_path.get(topic.path[: -Topic.steplen], "")
        yield Entry("topic", topic.slug, _names(topic, "label", topic.names.all()), broader)


def _places(facet: str, countries: QuerySet) -> Iterator[Entry]:
    for country in countries:
        yield Entry(facet, country.iso2, _names(country, "name", country.names.all()))


def _regions() -> Iterator[Entry]:
    for region in Region.objects.all():
        yield Entry("region", region.slug, _names(region, "name", ()))


def _names(term: Any, attribute: str, others: Iterable[Any]) -> dict[str, list[str]]:
    """Preferred label, synonyms, acronyms by language, each once."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        label = getattr(term, f"{attribute}_{language}", None)
        if label:
            found[language] = [label]
    for other in others:
        names = found.setdefault(other.language, [])
        if other.text not in names:
            names.append(other.text)
    return found


def save(version: Path, vocabulary: Vocabulary) -> None:
    write_json(
        version / _FILE,
        [[entry.facet, entry.slug, entry.names, entry.broader] for entry in vocabulary.entries],
    )


def load(version: Path) -> Vocabulary:
    """The vocabulary that goes with a version of the index."""
    path = version / _FILE
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return Vocabulary([])
    return _load(path, status.st_ino, status.st_mtime_ns)


@lru_cache(maxsize=2)
def _load(path: Path, _inode: int, _changed: int) -> Vocabulary:
    return Vocabulary([Entry(*row) for row in read_json(path) or []])
