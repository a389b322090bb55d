"""What a form said, as rows of name and value: to check before sending, and for the editor beside what stood before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content import wording
from stakeholders.models import Organisation
from taxonomy.models import Country, Region

if TYPE_CHECKING:
    from publications.choosing import Places

Details = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    field: str
    label: str
    value: str


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


def rows_of(details: Details) -> list[Row]:
    """What is empty is left out."""
    rows = [
        Row("title", _("Title"), details.get("title", "")),
        Row("type", _("What it is"), str(details.get("type") or "")),
        Row("language", _("Language of the document"), _languages(details)),
        Row("year", _("Published"), _day(details)),
        Row("organisations", _("Organisations that published it"), _organisations(details.get("publishers") or ())),
        Row(
            "authors",
            _("Authors"),
            "; ".join(f"{one.given} {one.family}".strip() for one in details.get("authors") or ()),
        ),
        Row("topics", _("Topics"), wording.and_list([str(topic) for topic in details.get("topics") or ()])),
        Row("places", _("Countries and regions"), _places(details.get("places"))),
        Row("abstract", _("Short description"), details.get("abstract", "")),
        Row("sharing", _("Licence"), str(details.get("licence") or "")),
        Row("link", _("Link to the original"), details.get("link", "")),
        Row("doi", "DOI", details.get("doi", "")),
        Row("isbn", "ISBN", details.get("isbn", "")),
        Row(
            "series",
            _("Series"),
            ", ".join(filter(None, [str(details.get("series") or ""), details.get("series_number")])),
        ),
        Row("tags", _("Tags"), ", ".join(details.get("tags") or ())),
        Row("shows_owner", _("Shared by"), _("Your name is shown") if details.get("shows_owner") else _("A member")),
        Row("note", _("Note to the editor"), details.get("note", "")),
    ]
    return [row for row in rows if row.value]


def changes_between(before: Details, after: Details) -> list[Change]:
    """Rows that say something else afterwards."""
    old = {row.field: row for row in rows_of(before) if row.field not in ("note",)}
    new = {row.field: row for row in rows_of(after) if row.field not in ("note",)}
    changes = []
    for field in {**new, **old}:
        was, now = (rows[field].value if field in rows else "" for rows in (old, new))
        if was != now:
            changes.append(Change((new.get(field) or old[field]).label, was, now))
    return changes


def _languages(details: Details) -> str:
    codes = [code for code in (details.get("language"), *(details.get("languages") or ())) if code]
    return capfirst(wording.language_names(list(dict.fromkeys(codes)))) if codes else ""


def _day(details: Details) -> str:
    year = details.get("year")
    return wording.day_of(year, details.get("month"), details.get("day")) if year else ""


def _organisations(publishers: Iterable[int | str]) -> str:
    """By name; those we do not know yet are marked."""
    wanted = list(publishers)
    known = Organisation.objects.in_bulk([one for one in wanted if isinstance(one, int)])
    return "; ".join(
        str(known[one].name) if isinstance(one, int) else _("%(name)s (new)") % {"name": one}
        for one in wanted
        if isinstance(one, str) or one in known
    )


def _places(places: Places | None) -> str:
    if places is None:
        return ""
    named = [*Country.objects.filter(pk__in=places.countries), *Region.objects.filter(pk__in=places.regions)]
    return wording.and_list([str(place) for place in named])
