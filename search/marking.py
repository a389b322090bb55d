"""The words asked for, shown where they stand: marked titles, pieces of abstracts, pieces of files with their page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import EVERY, LANGUAGES, OTHER, indexed, irregular_forms, spans, stem, words
from search.indexes import PAGE_BREAK
from search.query import Expansion, MatchedTerm, Snippet
from search.reading import Reading

_BEFORE = 90  # letters of a snippet before its first marked word
_LENGTH = 260
_MOST_PLACES = 200  # looked at in one file: enough for words that stand together, bounded for words on every page
_ACCENTS = {"a": "aàáâãäåā", "c": "cçč", "e": "eèéêëē", "i": "iìíîïī", "n": "nñ", "o": "oòóôõöō", "s": "sš",
            "u": "uùúûüū", "y": "yýÿ", "z": "zž"}  # fmt: skip

Token = tuple[int, int, str]  # start, end, stem


class Needle:
    """What to mark in texts of one language: stems anywhere, and rows of stems side by side."""

    def __init__(self, language: str, single: Iterable[str], rows: Iterable[Sequence[str]]) -> None:
        self.language = language
        self.single = {stem(word, language) for word in single}
        self._rows: dict[str, list[tuple[str, ...]]] = defaultdict(list)  # by their first stem, the longest first
        for row in sorted({tuple(stem(word, language) for word in row) for row in rows}, key=len, reverse=True):
            self._rows[row[0]].append(row)

    @cached_property
    def _opening(self) -> re.Pattern[str] | None:
        """Finds, fast, the places of a long text where a word might begin; the stems decide."""
        starts = {*self.single, *self._rows}
        forms = {form[:4] for found in starts for form in (found, *irregular_forms(found, self.language))}
        if not forms:
            return None
        spelt = ("".join(f"[{_ACCENTS[x]}]" if x in _ACCENTS else re.escape(x) for x in form) for form in sorted(forms))
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelt)})", re.IGNORECASE)

    def marked(self, tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
        """Start and end of each place to mark, and what it answers to, in order and apart from each other."""
        places, next_free = [], 0
        for number, token in enumerate(tokens):
            if number < next_free or (token[2] not in self._rows and token[2] not in self.single):
                continue
            length = self._row_at(tokens, number)
            if length:
                row = tokens[number : number + length]
                places.append((token[0], row[-1][1], " ".join(found for _, _, found in row)))
            elif token[2] in self.single:
                places.append(token)
            next_free = number + length
        return places

    def _row_at(self, tokens: Sequence[Token], number: int) -> int:
        for row in self._rows.get(tokens[number][2], ()):
            if tuple(found for _, _, found in tokens[number : number + len(row)]) == row:
                return len(row)
        return 0

    def tokens(self, text: str) -> list[Token]:
        return [(start, end, stem(folded, self.language)) for start, end, folded in spans(text)]

    def places(self, text: str) -> Iterator[int]:
        """Where in a long text one of the words might stand."""
        if self._opening is not None:
            for _, match in zip(range(_MOST_PLACES), self._opening.finditer(text), strict=False):
                yield match.start()


class Marker:
    """Marks what one question found. Made once per question, used for each of its hits."""

    def __init__(self, reading: Reading) -> None:
        self._expansions = reading.expansions
        self._rows: dict[tuple[str, str], Needle] = {}
        self._needles = {}
        for language in EVERY:
            names = [words(name) for found in reading.expansions for name in found.names.get(language, ())]
            rows = [row for row in (*reading.phrases, *names) if row]
            self._needles[language] = Needle(language, reading.words, rows)

    def titles(self, shown: Mapping[str, Any]) -> dict[str, SafeString]:
        """Marked titles by language; a title without a word to mark is left to the page that shows it."""
        found = {}
        for code, title in shown["titles"].items():
            needle = self._needle(code)
            places = needle.marked(needle.tokens(title))
            if places:
                found[code] = _html(title, places)
        return found

    def snippet(self, shown: Mapping[str, Any], languages: Sequence[str]) -> Snippet | None:
        """The piece of abstract, else of file, that answers best; of two, the one in a preferred language."""
        texts = sorted(shown["texts"].items(), key=lambda item: item[0] not in languages)
        for code, text in texts:
            needle = self._needle(code)
            places = needle.marked(needle.tokens(text))
            if places:
                return Snippet(_cut(text, places), code)
        for code, text in sorted(shown["pages"].items(), key=lambda item: item[0] not in languages):
            found = self._in_file(code, text)
            if found:
                return found
        return None

    def _in_file(self, code: str, text: str) -> Snippet | None:
        """The place in a file where most of the words stand together. A phrase on page 12 is shown with its page."""
        needle = self._needle(code)
        best: tuple[int, int, str, list] | None = None
        seen_until = -1
        for place in needle.places(text):
            if place < seen_until:
                continue
            start, piece = _around(text, place)
            marked = needle.marked(needle.tokens(piece))
            score = sum(1 + what.count(" ") for what in {what for _, _, what in marked})
            if marked and (best is None or score > best[0]):
                best = (score, start, piece, marked)
            seen_until = place + _LENGTH // 2
        if best is None:
            return None
        _, start, piece, marked = best
        page = text.count(PAGE_BREAK, 0, start + marked[0][0]) + 1
        return Snippet(_cut(piece, marked, is_part=True), code, page)

    def matched(self, shown: Mapping[str, Any]) -> MatchedTerm | None:
        """The name of a recognised term that stands in the record, or of a term that the record carries."""
        for expansion in self._expansions:
            for code in (*shown["titles"], *shown["texts"], *shown["pages"]):
                name = self._standing(expansion, code, shown)
                if name:
                    return MatchedTerm(name, code, expansion.facet, expansion.slug)
        for expansion in self._expansions:
            code = next((code for code in (*shown["titles"], *shown["avail"]) if expansion.names.get(code)), None)
            if code and expansion.slug in shown.get(expansion.facet, ()):
                return MatchedTerm(expansion.names[code][0], code, expansion.facet, expansion.slug)
        return None

    def _standing(self, expansion: Expansion, code: str, shown: Mapping[str, Any]) -> str | None:
        """The name of the term that stands in the record's title, text or files of a language."""
        names = {name: indexed(name, code) for name in expansion.names.get(code, ())}
        if not names:
            return None
        short = f" {indexed(shown['titles'].get(code, ''), code)} _ {indexed(shown['texts'].get(code, ''), code)} "
        for name, stemmed in names.items():
            if f" {stemmed} " in short:
                return name
        pages = shown["pages"].get(code, "")
        return next((name for name in names if pages and _stands(self._row(code, name), pages)), None)

    def _row(self, code: str, name: str) -> Needle:
        if (code, name) not in self._rows:
            self._rows[code, name] = Needle(code, (), [words(name)])
        return self._rows[code, name]

    def _needle(self, code: str) -> Needle:
        return self._needles[code if code in LANGUAGES else OTHER]


def _stands(needle: Needle, text: str) -> bool:
    return any(needle.marked(needle.tokens(_around(text, place)[1])) for place in needle.places(text))


def _around(text: str, place: int) -> tuple[int, str]:
    """A piece of a long text about a place, inside one page, cut at blanks, and where it starts."""
    start = max(place - _BEFORE, text.rfind(PAGE_BREAK, 0, place) + 1)
    if start and start < place and text[start - 1] not in " \n\f":
        blank = max(text.find(" ", start, place), text.find("\n", start, place))
        start = blank + 1 if blank >= 0 else start
    page_end = text.find(PAGE_BREAK, place)
    end = min(place + _LENGTH, page_end if page_end >= 0 else len(text))
    if end < len(text) and (blank := text.rfind(" ", place, end)) > place:
        end = blank
    return start, text[start:end]


def _cut(text: str, places: Sequence[tuple[int, int, str]], *, is_part: bool = False) -> SafeString:
    """About 260 letters of a text with as many different marked words as fit, dots where it was cut."""
    place = _richest(places[:_MOST_PLACES])
    start, end = (0, len(text)) if len(text) <= _LENGTH + _BEFORE else _bounds(text, place)
    inside = [(at - start, until - start, what) for at, until, what in places if at >= start and until <= end]
    cut_before, cut_after = is_part or start > 0, is_part or end < len(text)
    html = ("… " if cut_before else "") + _html(text[start:end], inside) + (" …" if cut_after else "")
    return mark_safe(" ".join(html.split()))  # noqa: S308 - _html escaped it


def _richest(places: Sequence[tuple[int, int, str]]) -> int:
    """Where the piece with the most different marked words begins; of several, the first."""
    best, most = places[0][0], 0
    for number, (start, _, _) in enumerate(places):
        near = {what for at, _, what in islice(places, number, number + 30) if at < start + _LENGTH - _BEFORE}
        if len(near) > most:
            best, most = start, len(near)
    return best


def _bounds(text: str, place: int) -> tuple[int, int]:
    start = text.rfind(" ", 0, max(place - _BEFORE, 0) + 1) + 1
    end = min(start + _LENGTH, len(text))
    if end < len(text) and (blank := text.rfind(" ", place, end)) > place:
        end = blank
    return start, end


def _html(text: str, places: Sequence[tuple[int, int, str]]) -> SafeString:
    pieces, done = [], 0
    for start, end, _ in places:
        pieces += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    pieces.append(escape(text[done:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece of text above is escaped
