"""Communities among the content types, and how their list can be narrowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities import cards, serialise
from communities.models import Community
from communities.numbers import KIND, LIFE
from content import registry
from search import facets
from search.listing import ListSpec


def _count(number: int) -> str:
    return ngettext("%(count)s community", "%(count)s communities", number) % {
        "count": number_format(number, force_grouping=True)
    }


COMMUNITIES = ListSpec(
    kind=KIND,
    heading=_("Communities"),
    search_label=_("Search communities"),
    facets=("topic", "lang", "activity", "access", "country", "region"),
    count_label=_count,
    has_years=False,
    values_url=lambda facet: reverse("communities:facet", args=[facet]),
)


def access_names(values: Collection[str]) -> Mapping[str, str]:
    return {value: str(Community.Access(value).label) for value in values if value in Community.Access}


def activity_names(values: Collection[str]) -> Mapping[str, str]:
    return {value: str(Community.Activity(value).label) for value in values if value in Community.Activity}


def sign_up() -> None:
    registry.register(
        registry.ContentType(
            key=KIND,
            model=Community,
            label=_("Community"),
            label_plural=_("Communities"),
            section="connect",
            namespace="communities",
            cards=cards.read,
            card_template="communities/_card.html",
            short="c",
            position=50,
            as_data=serialise.as_row,
            title_field="name",
            card_depends=(LIFE,),
        )
    )
    facets.name_values("access", access_names)
    facets.name_values("activity", activity_names)
