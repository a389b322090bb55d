"""How the directory of organisations can be narrowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.core.cache import caches
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
    """Kept by each process: ten stand on every list of publications, and mostly they are the same ten."""
    stamp = f"{get_language()}:{caching.generations('organisation')['organisation']}"
    keys = {f"organisation:{stamp}:{slug}": slug for slug in slugs}
    names = {keys[key]: name for key, name in caches["cards"].get_many(keys).items()}
    if unknown := [slug for slug in slugs if slug not in names]:
        rows = Organisation.objects.filter(slug__in=unknown)
        found = {organisation.slug: organisation.short_name for organisation in rows}
        caches["cards"].set_many({f"organisation:{stamp}:{slug}": name for slug, name in found.items()})
        names |= found
    return names


def type_names(values: Collection[str]) -> Mapping[str, str]:
    return {value: str(Organisation.Type(value).label) for value in values if value in Organisation.Type}
