"""Posts of the blog among the content types, and how their lists can be narrowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from blog import cards, serialise
from blog.models import BlogPost, BlogSeries
from content import registry
from search import facets
from search.listing import ListSpec

KEY = "post"
FACETS = ("topic", "country", "lang", "region", "type", "series", "goal", "tag")


def _count(number: int) -> str:
    return ngettext("%(count)s post", "%(count)s posts", number) % {"count": number_format(number, force_grouping=True)}


BLOG = ListSpec(
    kind=KEY,
    heading=_("Blog"),
    search_label=_("Search the blog"),
    facets=FACETS,
    count_label=_count,
    values_url=lambda facet: reverse("blog:facet", args=[facet]),
)
NEWS = ListSpec(
    kind=KEY,
    heading=pgettext_lazy("posts of the blog", "News"),
    search_label=_("Search the news"),
    facets=("topic", "country", "lang", "region", "tag"),
    count_label=_count,
    always={"type": (BlogPost.Kind.NEWS.value,)},
)


def kind_names(values: Collection[str]) -> Mapping[str, str]:
    return {value: str(BlogPost.Kind(value).label) for value in values if value in BlogPost.Kind}


def series_names(slugs: Collection[str]) -> Mapping[str, str]:
    return {series.slug: series.title for series in BlogSeries.objects.filter(slug__in=slugs)}


def sign_up() -> None:
    registry.register(
        registry.ContentType(
            key=KEY,
            model=BlogPost,
            label=_("Blog post"),
            label_plural=_("Blog"),
            section="discover",
            namespace="blog",
            cards=cards.read,
            card_template="blog/_card.html",
            short="b",
            position=30,
            as_data=serialise.as_row,
            card_depends=("member",),
        )
    )
    facets.name_values("type", kind_names)
    facets.name_values("series", series_names, kind=KEY)
