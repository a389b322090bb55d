"""From what a person typed to what an engine is asked."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from search.analysis import LANGUAGES, STOP_WORDS, spans, words
from search.plan import Clause, Term, Words
from search.query import Expansion
from search.vocabulary import Recognised, Vocabulary

LONGEST_TEXT = 300
MOST_WORDS = 24
_QUOTED = re.compile(r'["“”«»„]([^"“”«»„]*)["“”«»„]')


@dataclass
class Reading:
    """A question, understood."""

    clauses: list[Clause] = field(default_factory=list)
    words: list[str] = field(default_factory=list)  # folded, as typed, to be marked wherever they stand
    phrases: list[tuple[str, ...]] = field(default_factory=list)  # folded, to be marked side by side
    expansions: list[Expansion] = field(default_factory=list)
    languages: tuple[str, ...] = ()  # in which the question is asked, when its terms tell
    is_text: bool = False  # something was typed, be it nothing that can be looked for

    @property
    def is_hopeless(self) -> bool:
        """Something was typed, and there is not one word in it: that finds nothing, not everything."""
        return self.is_text and not self.clauses


def clean(text: str) -> str:
    """Text that every part of the search can carry: no NUL, no broken surrogates, not longer than a question is."""
    text = text[: LONGEST_TEXT * 2].encode("utf-8", "ignore").decode().replace("\0", " ")
    return unicodedata.normalize("NFC", text.strip()[:LONGEST_TEXT])


def read(text: str, vocabulary: Vocabulary) -> Reading:
    text = clean(text)
    reading = Reading(is_text=bool(text))
    left, votes = MOST_WORDS, Counter[str]()
    for piece, is_quoted in _pieces(text):
        found = [(piece[start:end], folded) for start, end, folded in spans(piece) if folded][:left]
        left -= len(found)
        typed = [folded for _, folded in found]
        if is_quoted and typed:
            reading.clauses.append((Words(tuple(typed), phrase=True),))
            reading.phrases.append(tuple(typed))
        elif typed:
            _read_run(reading, [written for written, _ in found], typed, vocabulary, votes)
    most = max(votes.values(), default=0)
    reading.languages = tuple(language for language in LANGUAGES if votes[language] == most > 0)
    return reading


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at its quotation marks; a mark without its partner is no mark."""
    end = 0
    for match in _QUOTED.finditer(text):
        yield text[end : match.start()], False
        yield match.group(1), True
        end = match.end()
    yield text[end:], False


def _read_run(
    reading: Reading, written: list[str], typed: list[str], vocabulary: Vocabulary, votes: Counter[str]
) -> None:
    """Words outside quotation marks: each recognised term is one clause, each other word that says something too."""
    position = 0
    for term in vocabulary.recognise(typed, written=written):
        _read_words(reading, typed[position : term.start])
        _read_term(reading, term, typed, " ".join(written[term.start : term.end]))
        votes.update(term.languages)
        position = term.end
    _read_words(reading, typed[position:])
    if not reading.clauses:  # nothing but small words: then they are what is meant
        reading.clauses += [(Words((word,)),) for word in dict.fromkeys(typed)]
        reading.words += typed


def _read_words(reading: Reading, typed: list[str]) -> None:
    meant = [word for word in typed if word not in STOP_WORDS]
    reading.clauses += [(Words((word,)),) for word in meant]
    reading.words += meant


def _read_term(reading: Reading, term: Recognised, typed: list[str], phrase: str) -> None:
    """The words themselves, or any name of the term in its own language, or records that carry the term."""
    literal = tuple(word for word in typed[term.start : term.end] if word not in STOP_WORDS)
    expansions = list(term.expansions(phrase))
    names = {
        Words(tuple(name), phrase=True, languages=(language,), names=False): None
        for expansion in expansions
        for language, texts in expansion.names.items()
        for text in texts
        if (name := words(text))
    }
    carrying = [Term(expansion.facet, expansion.slug) for expansion in expansions]
    reading.clauses.append((Words(literal or tuple(typed[term.start : term.end])), *names, *carrying))
    reading.words += literal
    reading.expansions += expansions
