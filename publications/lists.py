"""How the library can be narrowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publications.models import Publication, Series
from search.listing import ListSpec


def _count(number: int) -> str:
    return ngettext("%(count)s publication", "%(count)s publications", number) % {
        "count": number_format(number, force_grouping=True)
    }


PUBLICATIONS = ListSpec(
    kind="publication",
    heading=_("Publications"),
    search_label=_("Search publications"),
    facets=("topic", "country", "lang", "region", "type", "org", "goal", "series", "shared", "licence", "tag"),
    count_label=_count,
    values_url=lambda facet: reverse("publications:facet", args=[facet]),
)


def series_names(slugs: Collection[str]) -> Mapping[str, str]:
    return {series.slug: series.title for series in Series.objects.filter(slug__in=slugs)}


def provenance_names(values: Collection[str]) -> Mapping[str, str]:
    return {value: str(Publication.Provenance(value).label) for value in values if value in Publication.Provenance}
