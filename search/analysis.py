"""How text becomes words: one analyser for both engines, the vocabulary, the suggestions and the marks.

Engines are given words that are already stems, so a hit, its highlighted word and a recognised term can never
disagree about what "the same word" means, whichever engine answers.

Accents fold *before* stemming. The Snowball algorithms read accents (-ción, -ité), so stemming first would send
"proteccion", typed without an accent, elsewhere than "protección"; folding first makes them equal by construction.
A few plurals that Snowball misses once accents are gone (mujeres, jóvenes, employées, travaux, children) are put
in the singular just before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, partial
from threading import Lock

import snowballstemmer

LANGUAGES = ("en", "fr", "es")
OTHER = "xx"  # documents in any other language: folded, not stemmed
EVERY = (*LANGUAGES, OTHER)

_ALGORITHMS = {"en": "english", "fr": "french", "es": "spanish"}
# Letters and digits, with what may stand inside one word: apostrophes, soft hyphens of PDF text, Arabic vowel signs.
_INSIDE = "'’ʼ‘\xad\u064b-\u065f\u0670"
_WORD = re.compile(rf"[^\W_]+(?:[{_INSIDE}]+[^\W_]+)*")
_ELISION = re.compile(r"^(?:(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)')+(?=\w)|'s$")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "’": "'", "ʼ": "'", "‘": "'"})
_LONGEST_WORD = 60
_SINGULARS: dict[str, list[tuple[re.Pattern[str], str]]] = {
    "en": [(re.compile(r"(?<=\w{4})is(e|ed|er|ers|es|ing|ation|ations|ational)$"), r"iz\1")],
    "fr": [
        (re.compile(r"(?<=\w{3})ees?$"), "e"),
        (re.compile(r"(?<=oi)s$"), ""),
        (re.compile(r"(?<=eau)x$"), ""),
    ],
    "es": [(re.compile(r"(?<=\w{2}[lnr])es$"), "")],
}
_IRREGULAR = {
    "en": {
        "children": "child", "women": "woman", "men": "man", "people": "person", "programme": "program",
        "programmes": "program", "labour": "labor", "ageing": "aging", "behaviour": "behavior", "centre": "center",
        "centres": "center", "favour": "favor", "neighbour": "neighbor", "enrolment": "enrollment",
    },
    "fr": {"travaux": "travail", "yeux": "oeil"},
    "es": {},
}  # fmt: skip
# Words nobody means to require. Those that carry meaning in one of the three languages (sin, son, car) stay.
_SMALL_WORDS = (
    "a about after an and are as at be been before between by can do does during for from has have how in into is it",
    "its not of on or our over that the their there these they this those to under was we were what when where which",
    "who why will with",
    "apres au aux avant avec ce ces cette chez comment dans de depuis des dont du elle en entre est et etre il ils",
    "la le les leur leurs ni nos notre nous ont ou par pas pendant pour qu que quel quelle qui sa selon ses sous",
    "sont sur un une vers y",
    "al ante como con cual cuando del desde despues donde el ella es esta este esto fue ha han hasta la las lo los mas",
    "muy ni no o para pero por se segun ser si su sus tras",
)
STOP_WORDS = frozenset(word for line in _SMALL_WORDS for word in line.split())


def _fold(word: str) -> str:
    """Lower case without accents, elided article or possessive: "L’Égalité" becomes "egalite"."""
    word = _ELISION.sub("", word.lower().translate(_LETTERS))
    word = unicodedata.normalize("NFKD", word).casefold()
    return "".join([letter for letter in word if letter.isalnum()])[:_LONGEST_WORD]


class _Table(dict[str, str]):
    """What becomes of a word as it is written. A dictionary, because indexing asks tens of millions of times."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        super().__init__()
        self.work_out = work_out

    def __missing__(self, word: str) -> str:
        result = self.work_out(word)
        if len(self) < 500_000:
            self[word] = result
        return result


@cache
def _snowball(language: str) -> Callable[[str], str]:
    return snowballstemmer.stemmer(_ALGORITHMS[language]).stemWord


_one_at_a_time = Lock()  # a stemmer keeps the word it works on in itself


def _stem(word: str, language: str) -> str:
    word = _IRREGULAR[language].get(word, word)
    for ending, singular in _SINGULARS[language]:
        word = ending.sub(singular, word)
    with _one_at_a_time:
        return _snowball(language)(word)


def _stem_of_written(word: str, language: str) -> str:
    return stem(_FOLDED[word], language)


_FOLDED = _Table(_fold)
_STEMS = {language: _Table(partial(_stem, language=language)) for language in LANGUAGES}
_WRITTEN = {language: _Table(partial(_stem_of_written, language=language)) for language in LANGUAGES} | {OTHER: _FOLDED}


def _written(text: str) -> list[str]:
    return _WORD.findall(text if text.isascii() else unicodedata.normalize("NFC", text))


def words(text: str) -> list[str]:
    """The folded words of a text, in order, the same for every language so that positions agree."""
    return [folded for word in _written(text) if (folded := _FOLDED[word])]


def stem(word: str, language: str) -> str:
    """The stem of one folded word; the word itself in a language we have no stemmer for."""
    return _STEMS[language][word] if language in _STEMS else word


def irregular_forms(found: str, language: str) -> list[str]:
    """Words that share a stem without sharing its letters, such as people for person."""
    return [word for word, regular in _IRREGULAR.get(language, {}).items() if stem(regular, language) == found]


def stems(text: str, language: str) -> list[str]:
    """The words of a text as the index holds them for that language."""
    table = _WRITTEN.get(language, _FOLDED)
    return [found for word in _written(text) if (found := table[word])]


def indexed(text: str, language: str = OTHER) -> str:
    """What an engine stores for a text: its stems, to be cut at blanks only."""
    return " ".join(stems(text, language))


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and folded form of each word as it stands in the text, for marking it there."""
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), _FOLDED[match.group()]
