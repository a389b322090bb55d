"""The showcase: publications with abstracts of our own, their authors, publishers, terms and translations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from content.models import ReviewStep, TranslationState
from portal.demo import chance, documents
from portal.demo.shelf import Loaded, Shelf, translated
from publications.models import Author, Publication, Publisher
from publications.services import keep_title_keys

PLAIN = ("journal", "doi", "isbn", "handle", "link", "series_number", "source", "source_record")
TRANSLATED = ("title", "abstract")


def load(shelf: Shelf, entries: list[dict[str, Any]], tick: Callable[[str], None]) -> list[Publication]:
    """Publications that were new or changed."""
    loaded = Loaded("publication")
    news = loaded.news(entries, Publication.objects.values_list("slug", flat=True))
    publications = []
    for entry in news:
        publications.append(_load_one(shelf, entry))
        loaded.note([entry])
        tick(entry["slug"])
    return publications


def _load_one(shelf: Shelf, entry: dict[str, Any]) -> Publication:
    publication, _created = Publication.objects.update_or_create(
        slug=entry["slug"], defaults=_columns(shelf, entry) | _life(entry)
    )
    keep_title_keys(publications=[publication])
    for name in ("topics", "countries", "regions", "goals"):
        getattr(publication, name).set(shelf.all(name, entry.get(name)))
    publication.tags.set(entry.get("tags") or [])
    publication.authors.all().delete()
    Author.objects.bulk_create(
        Author(publication=publication, position=position, family=who["family"], given=who.get("given") or "")
        for position, who in enumerate(entry.get("authors") or [])
    )
    publication.publishers.all().delete()
    Publisher.objects.bulk_create(
        Publisher(publication=publication, position=position, organisation_id=pk)
        for position, pk in enumerate(shelf.all("organisations", entry.get("organisations")))
    )
    _note_translations(publication, entry)
    _note_steps(publication, shelf)
    documents.load(publication, entry)
    return publication


def _columns(shelf: Shelf, entry: dict[str, Any]) -> dict[str, Any]:
    original = entry["original_language"]
    year, month, day = when(entry)
    return (
        {name: str(entry.get(name) or "") for name in PLAIN}
        | translated("title", entry["title"])
        | translated("abstract", entry.get("abstract"))
        | {
            "original_language": original,
            "languages": entry.get("languages") or [original],
            "year": year,
            "month": month,
            "day": day,
            "type_id": shelf.one("type", entry["type"]),
            "licence_id": shelf.one("licence", entry["licence"]),
            "series_id": shelf.one("series", entry.get("series")),
            "provenance": entry["provenance"],
            "owner": shelf.person(entry),
            "shows_owner": bool(entry.get("shared_by_name")),
        }
    )


def when(entry: dict[str, Any]) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of publication as far as they are known: 2018, 2018-02 or 2018-02-09."""
    known = [int(part) for part in str(entry.get("date") or entry.get("year") or "").split("-") if part]
    year, month, day = (*known, None, None, None)[:3]
    return year, month, day


def _life(entry: dict[str, Any]) -> dict[str, Any]:
    slug = entry["slug"]
    views, downloads = chance.readers(slug, is_showcase=True)
    life: dict[str, Any] = {
        "status": Publication.Status.PUBLISHED,
        "published_at": _shared_at(entry),
        "view_count": views,
        "download_count": downloads,
    }
    if withdrawn := entry.get("withdrawn"):
        reason = withdrawn["reason"]
        life |= {
            "status": Publication.Status.WITHDRAWN,
            "withdrawn_at": timezone.make_aware(datetime.fromisoformat(f"{withdrawn['on']}T10:00")),
            "withdrawal_reason": reason if isinstance(reason, str) else reason[entry["original_language"]],
        }
    return life


def _shared_at(entry: dict[str, Any]) -> datetime:
    """Some weeks after it came out; works older than the platform in its first years."""
    year, month, day = when(entry)
    out = date(year or 2016, month or 6, day or 1)
    return chance.moment_after(out, within=120 if out > chance.OPENED else 1500, words=(entry["slug"],))


def _note_translations(publication: Publication, entry: dict[str, Any]) -> None:
    about = {"content_type": ContentType.objects.get_for_model(Publication), "object_id": publication.pk}
    TranslationState.objects.filter(**about).delete()
    TranslationState.objects.bulk_create(
        TranslationState(**about, language=language, field=field, origin=origin, updated_at=at)
        for language, field, origin, at in _translations(publication, entry)
    )


def _translations(publication: Publication, entry: dict[str, Any]) -> Iterator[tuple[str, str, str, datetime]]:
    origins = entry.get("translations") or {}
    for field in TRANSLATED:
        for language in entry.get(field) or {}:
            if language != publication.original_language and getattr(publication, f"{field}_{language}"):
                delay = timedelta(days=3 + int(60 * chance.share(publication.slug, language)))
                origin = origins.get(language, TranslationState.Origin.HUMAN)
                yield language, field, origin, min(publication.published_at + delay, timezone.now())


def _note_steps(publication: Publication, shelf: Shelf) -> None:
    """Who did what and when, as the services would have written it down at the time."""
    about = {"content_type": ContentType.objects.get_for_model(Publication), "object_id": publication.pk}
    ReviewStep.objects.filter(**about).delete()
    steps = [ReviewStep(**about, status=Publication.Status.PUBLISHED, by=shelf.staff, at=publication.published_at)]
    if publication.withdrawn_at:
        status, note = Publication.Status.WITHDRAWN, publication.withdrawal_reason
        steps.append(ReviewStep(**about, status=status, by=shelf.staff, at=publication.withdrawn_at, note=note))
    for step in ReviewStep.objects.bulk_create(steps):
        at = publication.withdrawn_at if step.status == Publication.Status.WITHDRAWN else publication.published_at
        ReviewStep.objects.filter(pk=step.pk).update(at=at)
