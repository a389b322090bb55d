"""What a form said becomes what a publication says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings

from publications.importing.records import Name
from publications.models import Author, Publication, Publisher
from publications.services import save_publication
from stakeholders.services import propose_organisation

if TYPE_CHECKING:
    from members.models import User

PLAIN = ("type", "licence", "year", "month", "day", "doi", "isbn", "link", "series", "series_number", "shows_owner")
TERMS = ("topics", "countries", "regions")


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


def state_of(publication: Publication) -> dict[str, Any]:
    """All that `record_details` may change, as plain data: what `bring_back` needs to undo it."""
    return {
        "fields": {name: getattr(publication, name) for name in _columns()},
        "terms": {name: list(getattr(publication, name).values_list("pk", flat=True)) for name in TERMS},
        "tags": list(publication.tags.names()),
        "authors": list(publication.authors.values_list("family", "given")),
        "publishers": list(publication.publishers.values_list("organisation_id", flat=True)),
    }


def bring_back(*, publication: Publication, state: Mapping[str, Any], by: User) -> None:
    """Have a publication say again what `state_of` found. Run it in a transaction."""
    for name, value in state["fields"].items():
        setattr(publication, name, value)
    save_publication(publication=publication, by=by)
    for name, keys in state["terms"].items():
        getattr(publication, name).set(keys)
    publication.tags.set(state["tags"])
    _record_authors(publication, [Name(family, given) for family, given in state["authors"]])
    _record_publishers(publication, state["publishers"], publication.original_language, by)


def _columns() -> list[str]:
    texts = [f"{field}_{code}" for field in ("title", "abstract") for code in settings.MODELTRANSLATION_LANGUAGES]
    plain = [column.attname for column in Publication._meta.concrete_fields if column.name in PLAIN]
    return ["original_language", "languages", *texts, *plain]
