"""Some hundred further titles of real publications, written in bulk: working papers of one series."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from portal.demo import chance
from portal.demo.shelf import Loaded, Shelf
from publications.models import Author, Publication, Publisher
from publications.services import keep_title_keys
from search.services import note_changes
from taxonomy.reading import read_csv

SOURCE = "NBER"
PUBLISHER, SERIES, TYPE, LICENCE = "nber", "nber-working-papers", "working-paper", "link-only"


def load(shelf: Shelf, path: Path) -> int:
    """How many titles were new or changed."""
    rows = read_csv(path) if path.exists() else []
    entries = [{"slug": _slug(row), **row} for row in rows]
    loaded = Loaded("title")
    present = dict(Publication.objects.filter(source=SOURCE).values_list("slug", "pk"))
    news = loaded.news(entries, present)
    with transaction.atomic():
        publications = [Publication(pk=present.get(entry["slug"]), **_columns(shelf, entry)) for entry in news]
        _write(Publication, publications)
        pks = dict(Publication.objects.filter(source=SOURCE).values_list("slug", "pk"))
        _write_links(shelf, {pks[entry["slug"]]: entry for entry in news})
        loaded.note(news)
        note_changes("publication", [pks[entry["slug"]] for entry in news])
    return len(news)


def _slug(row: dict[str, str]) -> str:
    return f"{slugify(row['title'])[:100].rsplit('-', 1)[0]}-{row['number']}"


def _columns(shelf: Shelf, entry: dict[str, Any]) -> dict[str, Any]:
    slug, title = entry["slug"], entry["title"]
    year, month = int(entry["year"]), int(entry["month"] or 0) or None
    out = date(year, month or 6, 1)
    views, _downloads = chance.readers(slug, is_showcase=False)
    return {
        "slug": slug,
        "title_en": title,
        "abstract_en": "",
        "original_language": "en",
        "languages": ["en"],
        "year": year,
        "month": month,
        "type_id": shelf.one("type", TYPE),
        "licence_id": shelf.one("licence", LICENCE),
        "series_id": shelf.one("series", SERIES),
        "series_number": entry["number"],
        "doi": entry["doi"],
        "link": f"https://doi.org/{entry['doi']}" if entry["doi"] else "",
        "provenance": Publication.Provenance.IMPORTED,
        "source": SOURCE,
        "source_record": entry["number"],
        "owner": shelf.staff,
        "status": Publication.Status.PUBLISHED,
        "published_at": chance.moment_after(out, within=200 if out > chance.OPENED else 1300, words=(slug,)),
        "view_count": views,
    }


def _write(model: type[Publication], publications: list[Publication]) -> None:
    changed = [publication for publication in publications if publication.pk]
    columns = [
        field.name for field in model._meta.concrete_fields if not field.primary_key and field.name != "created_at"
    ]
    model._default_manager.bulk_update(changed, columns, batch_size=100)
    model._default_manager.bulk_create([publication for publication in publications if not publication.pk])
    keep_title_keys(publications=publications)


def _write_links(shelf: Shelf, entries: dict[int, dict[str, Any]]) -> None:
    """Authors, publisher and terms of these publications, in the place of those they had."""
    rows: list[Model] = []
    for pk, entry in entries.items():
        rows += _authors(pk, entry["authors"])
        rows += [Publisher(publication_id=pk, organisation_id=nber) for nber in shelf.all("organisations", [PUBLISHER])]
        for name, column in (("topics", "topic_id"), ("countries", "country_id")):
            through = Publication._meta.get_field(name).remote_field.through
            slugs = [slug for slug in entry[name].split(";") if slug]
            rows += [through(**{"publication_id": pk, column: term}) for term in shelf.all(name, slugs)]
    for model in {type(row): None for row in rows}:
        model._default_manager.filter(publication__in=list(entries)).delete()
        model._default_manager.bulk_create([row for row in rows if type(row) is model])


def _authors(publication: int, listed: str) -> Iterator[Author]:
    """Names as “Family, Given” with semicolons between them."""
    for position, name in enumerate(filter(None, listed.split(";"))):
        family, _comma, given = name.partition(",")
        yield Author(publication_id=publication, position=position, family=family.strip(), given=given.strip())
