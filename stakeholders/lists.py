"""How the directory of organisations can be narrowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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
    return {organisation.slug: organisation.short_name for organisation in Organisation.objects.filter(slug__in=slugs)}


def type_names(values: Collection[str]) -> Mapping[str, str]:
    return {value: str(Organisation.Type(value).label) for value in values if value in Organisation.Type}
