"""What search knows of a publication."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from haystack import indexes

from files.models import PageText, StoredFile
from publications.models import Author, Publication, Publisher, Series
from publications.models import Document as PublicationDocument
from search.indexes import Document, RecordIndex, pairs
from search.terms import Terms
from stakeholders.models import Organisation, OrganisationName
from taxonomy.models import Country, Licence, PublicationType, Region, Tag, Tagging, Topic


class PublicationIndex(RecordIndex, indexes.Indexable):
    kind = "publication"
    related = {
        Organisation: lambda pks: Publication.objects.filter(publishers__organisation__in=pks),
        OrganisationName: lambda pks: Publication.objects.filter(publishers__organisation__aliases__in=pks),
        Topic: lambda pks: Publication.objects.filter(topics__in=pks),
        Country: lambda pks: Publication.objects.filter(countries__in=pks),
        Region: lambda pks: Publication.objects.filter(regions__in=pks),
        Series: lambda pks: Publication.objects.filter(series__in=pks),
        PublicationType: lambda pks: Publication.objects.filter(type__in=pks),
        Tag: lambda pks: Publication.objects.filter(tags__in=pks),
        Licence: lambda pks: Publication.objects.filter(licence__in=pks),
        StoredFile: lambda pks: Publication.objects.filter(documents__file__in=pks),
        Author: lambda pks: Publication.objects.filter(authors__in=pks),
        Publisher: lambda pks: Publication.objects.filter(publishers__in=pks),
        PublicationDocument: lambda pks: Publication.objects.filter(documents__in=pks),
    }

    def index_queryset(self, using: str | None = None) -> QuerySet[Publication]:
        return Publication.objects.published().select_related("type", "licence", "series")

    def documents(self, publications: Sequence[Publication]) -> Iterator[Document]:
        terms = Terms()
        topics = pairs(Publication.topics.through.objects, "publication_id", "topic_id", of=publications)
        countries = pairs(Publication.countries.through.objects, "publication_id", "country_id", of=publications)
        regions = pairs(Publication.regions.through.objects, "publication_id", "region__slug", of=publications)
        goals = pairs(Publication.goals.through.objects, "publication_id", "goal__code", of=publications)
        organisations = pairs(Publisher.objects, "publication_id", "organisation_id", of=publications)
        authors = pairs(Author.objects, "publication_id", "given", "family", of=publications)
        names = _names_of({pk for pks in organisations.values() for pk in pks})
        pages, tags = _pages(publications), _tags(publications)
        for publication in publications:
            pk, own = publication.pk, organisations[publication.pk]
            yield Document(
                record=publication,
                titles=self.translated(publication, "title"),
                texts=self.translated(publication, "abstract"),
                pages=pages[pk],
                names=[
                    *(f"{given} {family}" for given, family in authors[pk]),
                    *(name for organisation in own for name in names[organisation][1]),
                    *(tag for _, tag in tags[pk]),
                    *(publication.doi, publication.isbn, publication.journal),
                ],
                facets={
                    "type": [publication.type.slug],
                    "topic": terms.topics(topics[pk]),
                    "country": terms.countries(countries[pk]),
                    "region": terms.regions(countries[pk], regions[pk]),
                    "lang": publication.languages or [publication.original_language],
                    "org": [names[organisation][0] for organisation in own],
                    "goal": {code for goal in goals[pk] for code in (goal, goal.split(".")[0])},
                    "tag": [slug for slug, _ in tags[pk]],
                    "series": [publication.series.slug] if publication.series else [],
                    "licence": [publication.licence.slug],
                    "shared": [publication.provenance],
                },
                year=publication.year,
                used=publication.view_count + publication.download_count,
                published=_issued(publication),
            )


def _issued(publication: Publication) -> datetime | None:
    """Newest means published most lately, by whom it was published; without a year, when it came to us."""
    if publication.year is None:
        return publication.published_at
    return datetime(publication.year, publication.month or 1, publication.day or 1, tzinfo=UTC)


def _names_of(pks: set[int]) -> dict[int, tuple[str, list[str]]]:
    """The slug of each organisation, and every name it goes by."""
    languages = [f"{field}_{code}" for field in ("name", "acronym") for code in settings.MODELTRANSLATION_LANGUAGES]
    found = {
        pk: (slug, list(dict.fromkeys(filter(None, names))))
        for pk, slug, *names in Organisation.objects.filter(pk__in=pks).values_list("pk", "slug", *languages)
    }
    for pk, alias in OrganisationName.objects.filter(organisation__in=pks).values_list("organisation_id", "text"):
        found[pk][1].append(alias)
    return found


def _pages(publications: Sequence[Publication]) -> dict[int, dict[str, list[str]]]:
    """The text of each publication's current files, page by page, by language."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = PageText.objects.filter(
        file__documents__publication__in=[publication.pk for publication in publications],
        file__documents__replaced_on=None,
    ).order_by("file__documents__position", "file_id", "number")
    originals = {publication.pk: publication.original_language for publication in publications}
    for pk, language, text in rows.values_list("file__documents__publication", "file__language", "text"):
        found[pk][language or originals[pk]].append(text)
    return found


def _tags(publications: Sequence[Publication]) -> dict[int, list[tuple[str, str]]]:
    rows = Tagging.objects.filter(content_type=ContentType.objects.get_for_model(Publication))
    return pairs(rows, "object_id", "tag__slug", "tag__name", of=publications)
