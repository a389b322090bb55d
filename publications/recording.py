"""What a form said becomes what a publication says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from publications.models import Author, Publication, Publisher
from publications.services import save_publication
from stakeholders.services import propose_organisation

if TYPE_CHECKING:
    from members.models import User
    from publications.importing.records import Name

PLAIN = ("type", "licence", "year", "month", "day", "doi", "isbn", "link", "series", "series_number", "shows_owner")


def record_details(*, publication: Publication, details: Mapping[str, Any], by: User) -> None:
    """Write the cleaned data of a `DetailsForm` into a publication, new or not. Run it in a transaction."""
    language = details["original_language"]
    publication.original_language = language
    publication.languages = list(dict.fromkeys([details["language"], *details["languages"]]))
    for field in ("title", "abstract"):
        setattr(publication, f"{field}_{language}", details[field])
    for field in PLAIN:
        setattr(publication, field, details[field])
    save_publication(publication=publication, by=by if publication.pk else None)
    publication.topics.set(details["topics"])
    publication.countries.set(details["places"].countries)
    publication.regions.set(details["places"].regions)
    publication.tags.set(details["tags"])
    _record_authors(publication, details["authors"])
    _record_publishers(publication, details["publishers"], language, by)


def _record_authors(publication: Publication, people: Sequence[Name]) -> None:
    publication.authors.all().delete()
    Author.objects.bulk_create(
        Author(publication=publication, position=position, family=one.family, given=one.given)
        for position, one in enumerate(people)
    )


def _record_publishers(publication: Publication, wanted: Sequence[int | str], language: str, by: User) -> None:
    """A name instead of a key is an organisation to be added, which goes to review by itself."""
    keys = [
        one if isinstance(one, int) else propose_organisation(name=one, language=language, by=by).pk for one in wanted
    ]
    publication.publishers.all().delete()
    Publisher.objects.bulk_create(
        Publisher(publication=publication, organisation_id=key, position=position)
        for position, key in enumerate(dict.fromkeys(keys))
    )
