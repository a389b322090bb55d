"""Single values as people and programs write them in references, brought into one form."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from babel import Locale
from babel.core import get_global
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from publications.importing.decoding import drop_control
from publications.importing.records import Name
from publications.titles import title_key

# A tag has its closing bracket and well-formed attributes; "p < 0.05 and q > 1" has not.
_TAG = re.compile(
    r"""</?[A-Za-z][\w:.-]*(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))*\s*/?>|<!--.*?-->""", re.DOTALL
)
_NOTHING = {
    "",
    "na",
    "n a",
    "none",
    "null",
    "nan",
    "no title",
    "untitled",
    "no abstract",
    "no abstract available",
    "unknown",
}
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PREFIX = re.compile(r"^(?:https?://)?(?:dx\.|www\.)?doi(?:\.org)?\s*[:/]\s*", re.IGNORECASE)
_HANDLE = re.compile(r"^(?:https?://)?hdl\.handle\.net/(\S+)$|^(?:hdl|handle)\s*:\s*(\S+)$", re.IGNORECASE)
_LINK = re.compile(r"(?:https?:)?//[^\s<>\"{}|\\^`]+|www\.[^\s<>\"{}|\\^`]+", re.IGNORECASE)
LONGEST_LINK = 500  # of Publication.link
_check_url = URLValidator(schemes=["http", "https"])
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_PARTS = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?:[/.-](\d{1,2}))?(?:[/.-](\d{1,2}))?(?!\d)")
_DAY = re.compile(r"(?<!\d)([12]?\d|3[01])(?!\d)")
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.?-?){1,4}")
_FAMILY_AND_INITIALS = re.compile(rf"\w.*\s{_INITIALS.pattern}")
# Words that only organisations have in their names.
_WORDS_OF_ORGANISATIONS = """
    agency agence agencia association asociacion bank banque banco center centre centro college comite commission
    comision committee council consejo conseil department departement departamento fondation foundation fundacion fund
    fonds fondo government gouvernement gobierno group groupe grupo institut institute instituto ministere ministerio
    ministry nations naciones network office oficina organisation organization organizacion programme program programa
    secretariat secretaria societe society university universite universidad union
"""
_OF_ORGANISATIONS = frozenset(_WORDS_OF_ORGANISATIONS.split())


def text(value: object) -> str:
    """One line: no markup, no entities, no control characters; "" for the ways to say nothing."""
    line = str(value or "")
    if "<" in line or "&" in line:
        line = _TAG.sub(" ", unescape(_TAG.sub(" ", unescape(line))))
        line = re.sub(r"\s+([,.;:)])", r"\1", line)
    line = " ".join(drop_control(line).split())
    return "" if len(line) < 24 and title_key(line) in _NOTHING and not re.search(r"\d", line) else line


def title(value: object) -> str:
    """A title without the full stop that some databases put behind every title."""
    line = text(value).strip("[]") if str(value or "").strip().endswith("]") else text(value)
    return line[:-1] if re.search(r"[^\W\d_]{3}\.$", line) else line


def doi(value: object) -> str:
    """The DOI in a text that is one, or a link to one; else ""."""
    line = _DOI_PREFIX.sub("", text(value))
    if "doi.org/" in line:
        line = line.split("doi.org/", 1)[1]
    found = _DOI.match(line)
    return found.group().rstrip(".,;)]}\"'").lower() if found and len(found.group()) <= 200 else ""


def handle(value: object) -> str:
    found = _HANDLE.match(text(value))
    return next(filter(None, found.groups())).rstrip(".,;")[:200] if found else ""


def link(values: list[str]) -> str:
    """The first address on the web among the values, preferring one that is not a DOI's; "" where none is sound."""
    found = [match.rstrip(".,;)") for value in values for match in _LINK.findall(unescape(str(value or "")))]
    found = [f"https:{url}" if url.startswith("//") else url for url in found]
    found = [f"https://{url}" if url.lower().startswith("www.") else url for url in found]
    sound = [url for url in found if _is_sound(url)]
    return next((url for url in sound if "doi.org/" not in url), sound[0] if sound else "")


def _is_sound(url: str) -> bool:
    try:
        _check_url(url)
    except ValidationError:
        return False
    return len(url) <= LONGEST_LINK


def isbn(value: object) -> str:
    """Ten or thirteen digits with a right check digit; else "", because ISSNs stand in the same fields."""
    for candidate in re.split(r"[;,/]|\s{2,}|\s(?=\d{3}-?\d)", str(value or "")):
        digits = re.sub(r"[^0-9Xx]", "", candidate).upper()
        if (
            len(digits) == 13
            and digits.isdigit()
            and not sum(int(n) * (1, 3)[i % 2] for i, n in enumerate(digits)) % 10
        ):
            return digits
        if len(digits) == 10 and re.fullmatch(r"\d{9}[\dX]", digits):
            total = sum((10 - i) * (10 if n == "X" else int(n)) for i, n in enumerate(digits))
            return digits if total % 11 == 0 else ""
    return ""


def date(values: list[str]) -> tuple[int | None, int | None, int | None]:
    """Year, month, day from several tellings of one date: the year from the first that has one, the rest from any
    that does not contradict it. A month that may be a day ("03/05/2018") is left out."""
    latest = timezone.now().year + 5
    years = [int(found.group(1)) for value in values if (found := _YEAR.search(value))]
    year = next((year for year in years if year <= latest), None)
    if year is None:
        return None, None, None
    best: tuple[int | None, int | None] = (None, None)
    for value in values:
        found = _YEAR.search(value)
        if found is None or int(found.group(1)) == year:
            month, day = _month_and_day(value)
            best = max(best, (month, day), key=lambda pair: (pair[0] is not None) + (pair[1] is not None))
    return year, *best


def _month_and_day(value: str) -> tuple[int | None, int | None]:
    found = _PARTS.search(value)
    if found and found.group(2):
        number, day = int(found.group(2)), int(found.group(3) or 0)
        return (number, day if 1 <= day <= 31 else None) if 1 <= number <= 12 else (None, None)
    rest = _YEAR.sub(" ", value, count=1)
    for word in re.findall(r"[^\W\d_]{3,}", rest.lower()):
        if month := _months().get(title_key(word)):
            days = _DAY.findall(rest)
            return month, int(days[0]) if len(days) == 1 and int(days[0]) > 0 else None
    numbers = [int(number) for number in re.findall(r"\d+", rest)]
    if len(numbers) == 1 and 1 <= numbers[0] <= 12:
        return numbers[0], None
    if len(numbers) == 2 and sum(number > 12 for number in numbers) == 1 and max(numbers) <= 31 and min(numbers) > 0:
        return min(numbers), max(numbers)
    return None, None


@cache
def _months() -> dict[str, int]:
    named: dict[str, int] = {}
    for code in ("en", "fr", "es"):
        for width in ("wide", "abbreviated"):
            for number, name in Locale(code).months["format"][width].items():
                named.setdefault(title_key(name), number)
    return named | {"sept": 9, "spring": 0, "summer": 0}


def language(value: object) -> str:
    """Code of a language from its code (en, eng, en-GB) or its name in English, French or Spanish; "" if unknown."""
    word = text(value).strip("[]().")
    code = re.split(r"[-_]", word.lower())[0]
    code = get_global("language_aliases").get(code, code)
    if code in _languages().values():
        return code
    return _languages().get(title_key(word), "")


@cache
def _languages() -> dict[str, str]:
    named = {
        "anglais": "en",
        "ingles": "en",
        "castellano": "es",
        "castilian": "es",
        "fre": "fr",
        "ger": "de",
        "chi": "zh",
    }
    for code in ("en", "fr", "es", "de", "pt"):
        for language, name in Locale(code).languages.items():
            if len(language) == 2:
                named.setdefault(title_key(name), language)
    return named


def name(value: str) -> Name | None:
    """ "Family, Given", "Given Family" and "Family GH" are people; a name with a word of organisations is one."""
    line = text(value).strip(",; ")
    if not re.search(r"[^\W\d_]", line) or title_key(line) in (
        "et al",
        "others",
        "anonymous",
        "anon",
        "anonymous author",
    ):
        return None
    if set(title_key(line).split()) & _OF_ORGANISATIONS:
        return Name(line, whole=True)
    if "," in line:
        family, given = (part.strip() for part in line.split(",", 1))
        return Name(family, given) if family else Name(given)
    words = line.split()
    for place in range(1, len(words)):
        if all(_INITIALS.fullmatch(word) for word in words[place:]):
            return Name(" ".join(words[:place]), " ".join(words[place:]))
    return Name(words[-1], " ".join(words[:-1])) if 1 < len(words) <= 4 else Name(line, whole=True)


def names(value: str) -> list[Name]:
    """Several people in one cell: separated by semicolons, "and", line ends, or commas between initials."""
    if re.search(r"[;\n|]", value):
        parts = re.split(r"[;\n|]", value)
    elif value.count(",") > 1 or all(_FAMILY_AND_INITIALS.fullmatch(part.strip()) for part in value.split(",")):
        parts = _by_commas(value)
    else:
        parts = re.split(r"\s+and\s+", value)
    return [found for part in parts if (found := name(part))]


def _by_commas(value: str) -> list[str]:
    """ "Liu R., Adler D.G." are two people; "Liu, R., Adler, D.G." are two as well."""
    parts = [part.strip() for part in re.split(r",|\sand\s|\s&\s", value) if part.strip()]
    if len(parts) > 1 and all(_INITIALS.fullmatch(part.replace(" ", "")) for part in parts[1::2]):
        return [", ".join(parts[place : place + 2]) for place in range(0, len(parts), 2)]
    return parts
