"""CSL-JSON, as Zotero, Crossref and citation processors exchange it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from publications.importing import cleaning
from publications.importing.records import Name, Raw, Unreadable


def is_json(text: str) -> bool:
    return text.lstrip()[:1] in ("[", "{") and not text.lstrip().startswith("{@")


def read(text: str) -> Iterator[Raw]:
    """Raises Unreadable for JSON that is broken, or is no list of references."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("It looks like JSON but is not well-formed: %(error)s.") % {"error": error}) from error
    if isinstance(found, dict):
        found = found.get("items", found.get("references", [found] if "title" in found or "type" in found else None))
    if not isinstance(found, list):
        raise Unreadable(_("It is JSON, but not a list of references in CSL-JSON."))
    for number, item in enumerate(found, start=1):
        if isinstance(item, dict):
            yield _raw(number, item)
        else:
            yield Raw(number, problem=_("It is not a reference in CSL-JSON."))


def _strings(value: Any) -> list[str]:
    """Crossref writes lists where CSL-JSON has one text."""
    values = value if isinstance(value, list) else [value]
    return [str(one) for one in values if isinstance(one, (str, int, float)) and not isinstance(one, bool)]


def _first(item: dict, *names: str) -> str:
    return next((text for name in names for text in _strings(item.get(name)) if text), "")


def _people(value: Any) -> list[Name]:
    return [name for person in (value if isinstance(value, list) else []) if (name := _person(person))]


def _person(person: Any) -> Name | None:
    if not isinstance(person, dict):
        return cleaning.name(str(person))
    whole = cleaning.text(_first(person, "literal", "name"))
    if whole:
        return Name(whole, whole=True)
    particle = _first(person, "non-dropping-particle", "dropping-particle")
    family = cleaning.text(f"{particle} {_first(person, 'family')}")
    return Name(family, cleaning.text(_first(person, "given"))) if family else None


def _dates(value: Any) -> list[str]:
    if not isinstance(value, dict):
        return _strings(value)
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    return ["-".join(_strings(first)), _first(value, "raw", "literal")]


def _raw(number: int, item: dict) -> Raw:
    series = _first(item, "collection-title")
    return Raw(
        number,
        kinds=[*_strings(item.get("genre")), f"csl:{_first(item, 'type')}"],
        titles={"": _first(item, "title")},
        abstracts={"": _first(item, "abstract")},
        authors=_people(item.get("author")) or _people(item.get("editor")),
        organisations=_strings(item.get("publisher")),
        dates=[date for name in ("issued", "published", "original-date") for date in _dates(item.get(name))],
        journal=_first(item, "container-title"),
        series=series,
        series_number=_first(item, "collection-number", "number") if series else "",
        identifiers=[_first(item, name) for name in ("DOI", "doi", "URL", "note")],
        isbn=_first(item, "ISBN"),
        links=[_first(item, "URL"), _first(item, "url")],
        languages=_strings(item.get("language")),
        keywords=[word for text in _strings(item.get("keyword")) for word in text.replace(";", ",").split(",")],
        licence=_first(item, "license", "rights"),
    )
