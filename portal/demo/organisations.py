"""Organisations of the demonstration and their series."""

from __future__ import annotations

from typing import Any

from portal.demo import chance
from portal.demo.shelf import Loaded, Shelf, translated
from publications.models import Series
from stakeholders.models import Organisation, OrganisationName

FIELDS = ("type", "website", "ror")


def load(shelf: Shelf, entries: list[dict[str, Any]]) -> int:
    """How many organisations were new or changed."""
    loaded = Loaded("organisation")
    news = loaded.news(entries, Organisation.objects.values_list("slug", flat=True))
    for entry in news:
        _load_one(shelf, entry)
    loaded.note(news)
    return len(news)


def _load_one(shelf: Shelf, entry: dict[str, Any]) -> None:
    slug = entry["slug"]
    organisation, _created = Organisation.objects.update_or_create(
        slug=slug,
        defaults=translated("name", entry["name"])
        | translated("acronym", entry.get("acronym"))
        | translated("description", entry.get("description"))
        | {name: entry.get(name) or "" for name in FIELDS}
        | {
            "country_id": shelf.one("countries", entry.get("country")),
            "original_language": next(iter(entry["name"])),
            "owner": shelf.staff,
            "status": Organisation.Status.PUBLISHED,
            "published_at": chance.moment_after(chance.OPENED, within=1200, words=(slug,)),
            "view_count": chance.readers(slug, is_showcase=False)[0],
        },
    )
    organisation.focus.set(shelf.all("regions", entry.get("focus")))
    aliases = entry.get("aliases") or []
    organisation.aliases.exclude(text__in=aliases).delete()
    OrganisationName.objects.bulk_create(
        [OrganisationName(organisation=organisation, text=text) for text in aliases], ignore_conflicts=True
    )


def load_series(shelf: Shelf, entries: list[dict[str, Any]]) -> int:
    loaded = Loaded("series")
    news = loaded.news(entries, Series.objects.values_list("slug", flat=True))
    for entry in news:
        Series.objects.update_or_create(
            slug=entry["slug"],
            defaults=translated("title", entry["title"])
            | {"organisation_id": shelf.one("organisations", entry.get("organisation"))},
        )
    loaded.note(news)
    return len(news)
