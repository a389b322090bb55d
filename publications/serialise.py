"""A publication as plain data, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from content import addresses
from content.translations import languages_of, words
from publications.citations import bare_doi, issued

if TYPE_CHECKING:
    from files.models import StoredFile
    from publications.models import Publication
    from stakeholders.models import Organisation


def as_row(publication: Publication, *, base: str = "") -> dict[str, Any]:
    """What a list says of it; needs no more than `with_card_data` fetches."""
    title, date = words(publication, "title"), issued(publication)
    return {
        "id": publication.pk,
        "title": title.text,
        "title_language": title.language,
        "url": base + publication.get_absolute_url(),
        "permanent_url": base + addresses.permanent(publication),
        "type": publication.type.slug,
        "year": publication.year,
        "date": "-".join(f"{part:02d}" for part in date["date-parts"][0]) if date else None,
        "languages": publication.languages,
        "organisations": [_organisation(publisher.organisation, base) for publisher in publication.publishers.all()],
        "countries": [country.iso2 for country in publication.countries.all()],
        "series": words(publication.series, "title").text if publication.series else None,
        "series_number": publication.series_number or None,
        "doi": bare_doi(publication.doi) or None,
        "files": [_file(stored, base) for stored in current_files(publication)],
    }


def as_data(publication: Publication, *, base: str = "") -> dict[str, Any]:
    """All that its page says; see `with_exchange_data`."""
    return as_row(publication, base=base) | {
        "original_language": publication.original_language,
        "titles": _by_language(publication, "title"),
        "abstracts": _by_language(publication, "abstract"),
        "authors": [{"family": a.family, "given": a.given} for a in publication.authors.all()],
        "journal": publication.journal or None,
        "isbn": publication.isbn or None,
        "handle": publication.handle or None,
        "link": publication.link or None,
        "licence": {
            "slug": publication.licence.slug,
            "label": words(publication.licence, "label").text,
            "url": publication.licence.url or None,
        },
        "topics": [topic.slug for topic in publication.topics.all()],
        "regions": [region.slug for region in publication.regions.all()],
        "goals": [goal.code for goal in publication.goals.all()],
        "tags": [tag.name for tag in publication.tags.all()],
        "views": publication.view_count,
        "downloads": publication.download_count,
        "published_at": publication.published_at,
        "updated_at": publication.updated_at,
        "citations": {
            key: base + reverse("publications:cite", args=[publication.slug, key])
            for key in ("bib", "ris", "json", "csv")
        },
    }


def current_files(publication: Publication) -> list[StoredFile]:
    return [document.file for document in publication.current_documents]


def _organisation(organisation: Organisation, base: str) -> dict[str, str | None]:
    url = base + organisation.get_absolute_url() if organisation.is_published else None
    return {"name": words(organisation, "name").text, "url": url}


def _by_language(publication: Publication, field: str) -> dict[str, str]:
    return {code: getattr(publication, f"{field}_{code}") for code in languages_of(publication, field)}


def _file(stored: StoredFile, base: str) -> dict[str, Any]:
    return {
        "url": base + stored.get_absolute_url(),
        "name": stored.name,
        "media_type": stored.media_type,
        "size": stored.size,
        "pages": stored.pages,
        "language": stored.language or None,
    }
