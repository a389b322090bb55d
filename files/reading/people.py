"""Names of people as documents write them, split into family and given names."""

from __future__ import annotations

import re

MAX_PEOPLE = 30
MAX_NAME = 100
PARTICLES = {"de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "la", "le", "van", "von", "der", "den"}
PARTICLES |= {"ter", "ten", "al", "el", "bin", "bint", "ibn", "y", "e"}
JOINED = re.compile(r"\s*(?:;|\s&\s|\b(?:and|et|y|e|und)\b(?=\s+\w))\s*", re.IGNORECASE)
# What programs write where a name should stand.
NOBODY = re.compile(
    r"^(?:anonymous|unknown|user\d*|usuario|utilisateur|owner|admin\w*|author|default|guest|windows user|microsoft\b.*"
    r"|hp|dell|lenovo|acer|asus|.{0,3}|.*(?:用户|www\.|https?:|@).*|[\w.-]*\d{3,}[\w.-]*|python-docx|openpyxl)$",
    re.IGNORECASE,
)
MARKS = re.compile(r"[\d*†‡§¹²³⁰-⁹,]+(?=\s|$|,|;)")  # of footnotes, behind a name
WORD = r"[^\W\d_][\w'’.-]*"
NAME = re.compile(rf"^{WORD}(?:\s+{WORD}){{1,4}}$")


def people_in(field: str) -> list[dict[str, str]]:
    """From a field that holds nothing but names. One word of Latin letters is an account or an organisation."""
    return [_split(name) for name in _names(field) if " " in name or not name.isascii()][:MAX_PEOPLE]


def people_on(line: str) -> list[dict[str, str]]:
    """From a printed line: empty unless all of it reads as names, each of two words or more with a capital."""
    names = _names(MARKS.sub(_comma_of, line))
    if not names or not all(NAME.match(name) and _has_capitals(name) for name in names):
        return []
    return [_split(name) for name in names][:MAX_PEOPLE]


def _comma_of(marks: re.Match[str]) -> str:
    return "," if "," in marks[0] else ""


def _names(text: str) -> list[str]:
    text = " ".join(text.split()).strip(" ,;.")
    names = [part for part in JOINED.split(text) if part]
    # "Family, Given" has one comma; "A B, C D, E F" has a space on either side of each.
    names = [one for name in names for one in (_at_commas(name) if _is_list(name) else [name])]
    return [name for name in (name.strip(" ,.") for name in names) if name and not NOBODY.match(name)]


def _is_list(name: str) -> bool:
    parts = name.split(",")
    return len(parts) > 2 or (len(parts) == 2 and all(len(part.split()) > 1 for part in parts))


def _at_commas(name: str) -> list[str]:
    return [part.strip() for part in name.split(",") if part.strip()]


def _has_capitals(name: str) -> bool:
    words = [word for word in name.split() if word.lower() not in PARTICLES]
    return len(words) > 1 and all(word[0].isupper() or not word[0].islower() for word in words)


def _split(name: str) -> dict[str, str]:
    if "," in name:
        family, given = (part.strip() for part in name.split(",", 1))
    else:
        family, given = _last_words(name.split())
    return {"family": family[:MAX_NAME], "given": given[:MAX_NAME]}


def _last_words(words: list[str]) -> tuple[str, str]:
    """The family name is the last word with its particles, or what alone is written in capitals."""
    loud = [word for word in words if len(word) > 2 and word.isupper()]
    if loud and len(loud) < len(words):
        return " ".join(loud), " ".join(word for word in words if word not in loud)
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in PARTICLES:
        at -= 1
    return " ".join(words[at:]), " ".join(words[:at])
