"""Organisations up to the figure: the real ones of the demonstration first, then made-up ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count
from django.utils.text import slugify

from content.models import ReviewStep
from portal.populate.chance import Skewed, shares
from stakeholders.models import Organisation, OrganisationName
from taxonomy.models import Country, Region

REAL = Path(__file__).parent.parent / "demo" / "content" / "organisations.yaml"
PARTS = Path(__file__).with_name("organisations.yaml")
SHARES = {"government": 43, "research": 23, "ngo": 14, "international": 10, "other": 10}  # per cent
FOCUS = "sub-saharan-africa"  # “most have a regional focus on sub-Saharan Africa”
MARK = "Made by populate."  # on the ReviewStep of each, so that they can be told and cleared
OPENED = datetime(2015, 9, 12, 9, tzinfo=UTC)
CHUNK = 2000
LANGUAGES = ("en", "fr", "es")


def missing(total: int) -> dict[str, int]:
    """How many of each kind to make, so that there are `total` in the right shares."""
    there = dict(Organisation.objects.published().values_list("type").annotate(count=Count("pk")).order_by())
    return {kind: max(0, count - there.get(kind, 0)) for kind, count in shares(total, SHARES).items()}


def make(counts: dict[str, int], seed: int) -> Iterator[int]:
    """Yields how many were made after each transaction."""
    country_pks = dict(Country.objects.values_list("iso2", "pk"))
    region_pks = dict(Region.objects.values_list("slug", "pk"))
    rows = _rows(dict(counts), Random(f"organisations {seed}"))
    while lot := [row for _place, row in zip(range(CHUNK), rows, strict=False)]:
        _write(lot, country_pks, region_pks)
        yield len(lot)


def _rows(counts: dict[str, int], random: Random) -> Iterator[dict[str, Any]]:
    taken = set(Organisation.objects.values_list("slug", flat=True))
    for entry in yaml.safe_load(REAL.read_text(encoding="utf-8")):
        if entry["slug"] not in taken and counts[entry["type"]] > 0:
            counts[entry["type"]] -= 1
            taken.add(entry["slug"])
            yield entry
    for kind, count in counts.items():
        composed = _composed(kind, random)
        while count > 0:
            entry = next(composed)
            if entry["slug"] not in taken:
                count -= 1
                taken.add(entry["slug"])
                yield entry


def _composed(kind: str, random: Random) -> Iterator[dict[str, Any]]:
    """Every body with every theme in every country, each once, without an order that shows."""
    parts = yaml.safe_load(PARTS.read_text(encoding="utf-8"))
    bodies, themes = parts["bodies"][kind], parts["themes"]
    places = list(Country.objects.order_by("slug"))
    total = len(bodies) * len(themes) * len(places)
    stride = next(number for number in range(int(total * 0.618), total * 2) if _coprime(number, total))
    for turn in range(total):
        place, rest = divmod((turn * stride + 11) % total, len(bodies) * len(themes))
        theme, body = divmod(rest, len(bodies))
        country = places[place]
        name = {
            code: f"{bodies[body][code].format(themes[theme][code])} ({getattr(country, f'name_{code}')})"
            for code in LANGUAGES
        }
        focus = [FOCUS] if random.random() < 0.55 else []
        yield {
            "slug": slugify(name["en"])[:120],
            "name": name,
            "type": kind,
            "country": country.iso2 if kind != "international" else None,
            "focus": focus,
            "website": f"https://www.example.org/{slugify(name['en'])[:60]}" if random.random() < 0.7 else "",
        }


def _coprime(left: int, right: int) -> bool:
    while right:
        left, right = right, left % right
    return left == 1


@transaction.atomic
def _write(entries: list[dict[str, Any]], country_pks: dict[str, int], region_pks: dict[str, int]) -> None:
    rows = [_organisation(entry, country_pks, number) for number, entry in enumerate(entries)]
    Organisation.objects.bulk_create(rows)
    pairs = list(zip(rows, entries, strict=True))
    links = Organisation.focus.through
    links._default_manager.bulk_create(
        links(organisation_id=row.pk, region_id=region_pks[slug])
        for row, entry in pairs
        for slug in dict.fromkeys(entry["focus"])
        if slug in region_pks
    )
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation_id=row.pk, text=text)
        for row, entry in pairs
        for text in dict.fromkeys(entry.get("aliases", ()))
    )
    kind = ContentType.objects.get_for_model(Organisation)
    ReviewStep.objects.bulk_create(
        ReviewStep(content_type=kind, object_id=row.pk, status="published", note=MARK) for row in rows
    )


def _organisation(entry: dict[str, Any], country_pks: dict[str, int], number: int) -> Organisation:
    acronym = entry.get("acronym", {})
    texts = {f"name_{code}": entry["name"].get(code) for code in LANGUAGES}
    texts |= {f"acronym_{code}": acronym.get(code) for code in LANGUAGES}
    return Organisation(
        slug=entry["slug"],
        status="published",
        published_at=OPENED + timedelta(hours=number % 26000),
        type=entry["type"],
        country_id=country_pks.get(entry.get("country") or ""),
        website=entry.get("website") or "",
        ror=entry.get("ror") or "",
        **texts,
    )


def popular() -> Skewed[int]:
    """Publishers, those with an acronym first: they are the known ones."""
    rows = Organisation.objects.published().order_by("pk").values_list("pk", "acronym_en")
    return Skewed([pk for pk, _acronym in sorted(rows, key=lambda row: (not row[1], row[0]))])
