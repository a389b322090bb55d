"""What search knows of a community that everybody may know of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db.models import QuerySet
from haystack import indexes

from communities.models import Community
from search.indexes import Document, RecordIndex, pairs
from search.terms import Terms
from stakeholders.models import Organisation
from taxonomy.models import Country, Region, Topic


class CommunityIndex(RecordIndex, indexes.Indexable):
    kind = "community"
    related = {
        Organisation: lambda pks: Community.objects.filter(organisations__in=pks),
        Topic: lambda pks: Community.objects.filter(topics__in=pks),
        Country: lambda pks: Community.objects.filter(countries__in=pks),
        Region: lambda pks: Community.objects.filter(regions__in=pks),
    }

    def index_queryset(self, using: str | None = None) -> QuerySet[Community]:
        return Community.objects.published()

    def documents(self, communities: Sequence[Community]) -> Iterator[Document]:
        terms = Terms()
        topics = pairs(Community.topics.through.objects, "community_id", "topic_id", of=communities)
        countries = pairs(Community.countries.through.objects, "community_id", "country_id", of=communities)
        regions = pairs(Community.regions.through.objects, "community_id", "region__slug", of=communities)
        public = Community.organisations.through.objects.filter(organisation__status="published")
        spelt = [f"organisation__name_{code}" for code in settings.MODELTRANSLATION_LANGUAGES]
        organisers = pairs(public, "community_id", "organisation__slug", *spelt, of=communities)
        for community in communities:
            pk = community.pk
            yield Document(
                record=community,
                titles=self.translated(community, "name"),
                texts=self._texts(community),
                names=sorted({name for _slug, *names in organisers[pk] for name in names if name}),
                facets={
                    "topic": terms.topics(topics[pk]),
                    "country": terms.countries(countries[pk]),
                    "region": terms.regions(countries[pk], regions[pk]),
                    "lang": community.languages,
                    "org": [slug for slug, *_names in organisers[pk]],
                    "access": [community.access],
                    "activity": [community.activity],
                },
                used=community.view_count,
                published=community.published_at,
            )

    def _texts(self, community: Community) -> dict[str, str]:
        found: dict[str, str] = {}
        for field in ("purpose", "audience", "about"):
            for code, text in self.translated(community, field).items():
                found[code] = f"{found[code]}\n\n{text}" if code in found else text
        return found
