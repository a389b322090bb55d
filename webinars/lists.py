"""Webinars among the content types, and how their list can be narrowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from content import registry
from content.translations import words
from search import facets
from search.listing import ListSpec
from webinars import cards, serialise
from webinars.models import Series, Webinar

KIND = "webinar"
PRIVATE = "webinar_private"  # moves on with what only members of a community see
AHEAD, OVER = "ahead", "over"
WHEN = {AHEAD: pgettext_lazy("webinars", "Upcoming"), OVER: pgettext_lazy("webinars", "Past")}


def _count(number: int) -> str:
    return ngettext("%(count)s webinar", "%(count)s webinars", number) % {
        "count": number_format(number, force_grouping=True)
    }


WEBINARS = ListSpec(
    kind=KIND,
    heading=_("Webinars"),
    search_label=_("Search webinars"),
    facets=("when", "topic", "lang", "country", "series", "region", "org"),
    count_label=_count,
    values_url=lambda facet: reverse("webinars:facet", args=[facet]),
)


def when_names(values: Collection[str]) -> Mapping[str, str]:
    return {value: str(WHEN[value]) for value in values if value in WHEN}


def series_names(slugs: Collection[str]) -> Mapping[str, str]:
    return {one.slug: words(one, "title").text for one in Series.objects.public().filter(slug__in=slugs)}


def sign_up() -> None:
    registry.register(
        registry.ContentType(
            key=KIND,
            model=Webinar,
            label=_("Webinar"),
            label_plural=_("Webinars"),
            section="learn",
            namespace="webinars",
            cards=cards.read,
            card_template="webinars/_card.html",
            short="w",
            position=40,
            as_data=serialise.as_row,
            card_depends=("organisation", "community"),
            card_says_time=True,
        )
    )
    facets.name_values("when", when_names)
    facets.name_values("series", series_names, kind=KIND)
