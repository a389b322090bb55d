"""What people write, one on a line, found among what we know: organisations, places, people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Lower
from rapidfuzz import process

from publications.importing import cleaning
from publications.importing.records import Name
from publications.importing.vocabulary import Vocabulary, names_of, spellings
from publications.titles import title_key
from search.query import Hit, Query
from search.services import search
from search.store import IndexMissing
from stakeholders.models import Organisation, OrganisationName
from taxonomy.models import Country, Region

if TYPE_CHECKING:
    from members.models import User
    from publications.models import Publication
    from stakeholders.querysets import OrganisationQuerySet

NEAR = 3  # candidates shown for a name we do not know
ALIKE = 78  # of 100: how near a misspelt country must be to be offered


def lines(text: str) -> list[str]:
    """What stands on each line, each once."""
    return list({title_key(line): line for part in text.splitlines() if (line := " ".join(part.split()))}.values())


# ---------- Organisations ----------


def find_organisations(
    names: Sequence[str], *, user: User, record: Publication | None = None
) -> dict[str, Organisation]:
    """The organisation each name means, by any of its names in any language, among those the member may see and those
    that stand on the record already. What matches none is left out."""
    if not names:
        return {}
    written = {name: spellings(name) for name in names}
    rows = _called({text for texts in written.values() for text in texts}, user, record)
    by_key, by_pk = names_of(rows), {row.pk: row for row in rows}
    return {
        name: by_pk[pk]
        for name, texts in written.items()
        if (pk := next((by_key[key] for key in map(title_key, texts) if key in by_key), None))
    }


def _called(texts: Iterable[str], user: User, record: Publication | None) -> OrganisationQuerySet:
    spelt = {form for text in texts if text for form in (text.lower(), _ascii_lower(text))}
    columns = [f"{field}_{code}" for field in ("name", "acronym") for code in settings.MODELTRANSLATION_LANGUAGES]
    aliases = OrganisationName.objects.alias(low=Lower("text")).filter(low__in=spelt)
    named = Q(pk__in=aliases.values("organisation"))
    for column in columns:
        named |= Q(**{f"low_{column}__in": spelt})
    may_choose = Q(pk__in=Organisation.objects.visible_to(user).values("pk"))
    if record:
        may_choose |= Q(pk__in=record.publishers.values("organisation"))
    known = Organisation.objects.filter(may_choose).exclude(status=Organisation.Status.WITHDRAWN)
    return known.alias(**{f"low_{column}": Lower(column) for column in columns}).filter(named)


def _ascii_lower(text: str) -> str:
    """As SQLite's LOWER sees it."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def near_organisations(name: str) -> list[Organisation]:
    """Published organisations that a name may mean, or the longest of its words. None while the index is away: one can
    still be added."""
    longest = max(title_key(name).split(), key=len, default="")
    try:
        hits = _found_by(name) or _found_by(longest)
    except IndexMissing:
        return []
    found = Organisation.objects.published().in_bulk([hit.pk for hit in hits])
    return [found[hit.pk] for hit in hits if hit.pk in found]


def _found_by(text: str) -> Sequence[Hit]:
    return search(Query(text=text, kind="organisation", size=NEAR)).hits if text else []


# ---------- Places ----------


@dataclass
class Places:
    countries: list[int] = field(default_factory=list)
    regions: list[int] = field(default_factory=list)
    unknown: dict[str, list[str]] = field(default_factory=dict)  # what was written → names it may mean


def find_places(names: Sequence[str]) -> Places:
    """Countries and regions by their names in any of our languages, or by their ISO codes."""
    vocabulary, places = Vocabulary(), Places()
    codes = {code: pk for pk, *both in Country.objects.values_list("pk", "iso2", "iso3") for code in both}
    for name in names:
        key = title_key(name)
        if pk := codes.get(name.upper()) or vocabulary.countries.get(key):
            places.countries.append(pk)
        elif pk := vocabulary.regions.get(key):
            places.regions.append(pk)
        else:
            places.unknown[name] = _near_places(key, vocabulary)
    places.countries, places.regions = list(dict.fromkeys(places.countries)), list(dict.fromkeys(places.regions))
    return places


def _near_places(key: str, vocabulary: Vocabulary) -> list[str]:
    countries = process.extract(key, vocabulary.countries.keys(), limit=NEAR, score_cutoff=ALIKE)
    regions = process.extract(key, vocabulary.regions.keys(), limit=1, score_cutoff=ALIKE)
    pks = [vocabulary.countries[name] for name, _score, _place in countries]
    named = Country.objects.in_bulk(pks)
    near = [str(named[pk]) for pk in dict.fromkeys(pks)]
    return near + [str(Region.objects.get(pk=vocabulary.regions[name])) for name, _score, _place in regions]


# ---------- People ----------


def find_people(names: Sequence[str]) -> list[Name]:
    """ "Family, Given" as asked for, or as people write it otherwise."""
    found: list[Name] = []
    for line in names:
        family, comma, given = (part.strip() for part in line.partition(","))
        found += [Name(family, given)] if comma and family else filter(None, [cleaning.name(line)])
    return found
