"""How the directory of organisations can be narrowed."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from content import caching
from search.listing import ListSpec
from stakeholders.models import Organisation


def _count(number: int) -> str:
    return ngettext("%(count)s stakeholder", "%(count)s stakeholders", number) % {
        "count": number_format(number, force_grouping=True)
    }


STAKEHOLDERS = ListSpec(
    kind="organisation",
    heading=_("Stakeholders"),
    search_label=_("Search stakeholders"),
    facets=("type", "region", "country"),
    count_label=_count,
    has_years=False,
    values_url=lambda facet: reverse("stakeholders:facet", args=[facet]),
)


def organisation_names(slugs: Collection[str]) -> Mapping[str, str]:
    generation = caching.generations("organisation")["organisation"]
    return _organisation_names(tuple(slugs), get_language() or "en", generation)


@functools.lru_cache(maxsize=500)
def _organisation_names(slugs: tuple[str, ...], language: str, generation: str) -> Mapping[str, str]:
    """The first ten stand on every list of publications, and mostly they are the same ten."""
    return {organisation.slug: organisation.short_name for organisation in Organisation.objects.filter(slug__in=slugs)}


def type_names(values: Collection[str]) -> Mapping[str, str]:
    return {value: str(Organisation.Type(value).label) for value in values if value in Organisation.Type}
