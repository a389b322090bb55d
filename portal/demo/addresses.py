"""Addresses of the former platform that lead to something we have: rows of the table that staff edit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communities.models import Community
from content.addresses import plain
from content.models import OldAddress
from publications.models import Publication
from stakeholders.models import Organisation

# Shapes whose page is not here yet lead to the list that comes closest.
FIXED = {
    "/discover/publications": "/discover/publications/",
    "/discover/stakeholders": "/discover/stakeholders/",
    "/discover/institutions": "/discover/stakeholders/",
    "/institutions": "/discover/stakeholders/",
    "/connect/communities": "/connect/communities/",
    "/discover/topics": "/discover/topics/",
    "/discover/countries": "/discover/countries/",
    "/search": "/search/",
}


def load(publications: list[dict[str, Any]], organisations: list[dict[str, Any]]) -> int:
    """How many addresses are new. Those that staff have edited stay as they are."""
    rows = dict(_rows(publications, organisations))
    known = set(OldAddress.objects.filter(path__in=rows).values_list("path", flat=True))
    OldAddress.objects.bulk_create(
        [OldAddress(path=path, target=target) for path, target in rows.items() if path not in known]
    )
    return len(rows) - len(known)


def _rows(publications: list[dict[str, Any]], organisations: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    yield from FIXED.items()
    for slug in Organisation.objects.values_list("slug", flat=True):
        for old in ("/institutions", "/discover/institutions", "/discover/stakeholders"):
            yield f"{old}/{slug}", f"/discover/stakeholders/{slug}/"
    for slug in Publication.objects.values_list("slug", flat=True):
        yield f"/discover/publications/{slug}", f"/discover/publications/{slug}/"
    yield from _of_communities()
    for entry in organisations:
        for path in entry.get("old_paths") or []:
            yield plain(path), f"/discover/stakeholders/{entry['slug']}/"
    for entry in publications:
        for path in entry.get("old_paths") or []:
            yield plain(path), f"/discover/publications/{entry['slug']}/"


def _of_communities() -> Iterator[tuple[str, str]]:
    """They keep their slugs."""
    for slug in Community.objects.listed().values_list("slug", flat=True):
        yield f"/connect/communities/{slug}", f"/connect/communities/{slug}/"
