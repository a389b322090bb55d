"""What search knows of an organisation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from haystack import indexes

from search.indexes import Document, RecordIndex, pairs
from search.terms import Terms
from stakeholders.models import Organisation, OrganisationName
from taxonomy.models import Country, Region


class OrganisationIndex(RecordIndex, indexes.Indexable):
    kind = "organisation"
    related = {
        OrganisationName: lambda pks: Organisation.objects.filter(aliases__in=pks),
        Country: lambda pks: Organisation.objects.filter(country__in=pks),
        Region: lambda pks: Organisation.objects.filter(focus__in=pks),
    }

    def index_queryset(self, using: str | None = None) -> QuerySet[Organisation]:
        return Organisation.objects.published()

    def documents(self, organisations: Sequence[Organisation]) -> Iterator[Document]:
        terms = Terms()
        aliases = pairs(OrganisationName.objects, "organisation_id", "text", of=organisations)
        focus = pairs(Organisation.focus.through.objects, "organisation_id", "region__slug", of=organisations)
        for organisation in organisations:
            pk, country = organisation.pk, [organisation.country_id] if organisation.country_id else []
            yield Document(
                record=organisation,
                titles=self.translated(organisation, "name"),
                texts=self.translated(organisation, "description"),
                names=[*self.translated(organisation, "acronym").values(), *aliases[pk]],
                facets={
                    "type": [organisation.type],
                    "country": terms.countries(country),
                    "region": terms.regions([], focus[pk]),
                },
                used=organisation.view_count,
                published=organisation.published_at,
            )
