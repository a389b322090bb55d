"""The language a text is written in, guessed from its letters in threes (langdetect)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

# The languages that documents of the field are written in, as langdetect names them.
OURS = {code: code for code in ("en", "fr", "es", "pt", "ar", "ru", "id", "vi", "sw", "hi", "bn")}
OURS |= {"zh-cn": "zh", "zh-tw": "zh"}
# Where nothing else is on offer, German is English: their neighbours stand by so that theirs is no guess at all.
NEIGHBOURS = (
    *("de", "it", "nl", "ca", "ro", "da", "sv", "pl", "hu", "sq", "tr", "tl", "so", "af"),
    *("fa", "ur", "he", "uk", "bg", "mr", "ne", "ja", "ko"),
)
LEAST_LETTERS = 200
LEAST_IDEOGRAPHS = 40
MOST = 8_000
SURE = 0.9


def language_of(text: str) -> str:
    """A code such as `fr`; empty where the text is too short, mixed, or in a language we do not offer."""
    text = text[:MOST]
    letters = sum(char.isalpha() for char in text)
    ideographs = sum("\u4e00" <= char <= "\u9fff" for char in text)
    if letters < LEAST_LETTERS and ideographs < LEAST_IDEOGRAPHS:
        return ""
    detector = _factory().create()
    detector.append(text if ideographs else _in_small_letters(text))
    try:
        found = detector.get_probabilities()
    except LangDetectException:  # no letter it knows
        return ""
    return OURS.get(found[0].lang, "") if found and found[0].prob >= SURE else ""


def _in_small_letters(text: str) -> str:
    """langdetect passes over words in capitals, and whole cover pages are set in them."""
    return text.lower()


@cache
def _factory() -> DetectorFactory:
    """Reads thirty-six small files, a tenth of a second: never at import, most files need none of it."""
    factory = DetectorFactory()
    factory.set_seed(0)  # the same text, the same answer
    folder = Path(PROFILES_DIRECTORY)
    factory.load_json_profile([(folder / code).read_text(encoding="utf-8") for code in (*OURS, *NEIGHBOURS)])
    return factory
