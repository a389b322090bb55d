"""What a row in a list shows of a post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blog.authors import writers
from blog.models import BlogPost
from content import wording
from content.cards import LONGEST_TEXT, LONGEST_TITLE
from content.translations import Words, languages_of, words

SHOWN_NAMES = 3


@dataclass(frozen=True)
class Card:
    pk: int
    url: str
    title: Words
    text: Words
    kind: str
    day: date | None
    series: Words | None
    number: int | None
    authors: str
    countries: str
    languages: str


def read(pks: Sequence[int]) -> Mapping[int, Card]:
    """The cards of those of the given posts that are public, in four queries."""
    return {post.pk: _card(post) for post in BlogPost.objects.published().with_card_data().filter(pk__in=pks)}


def _card(post: BlogPost) -> Card:
    names, countries = writers(post.authors.all()), [str(one) for one in post.countries.all()]
    return Card(
        pk=post.pk,
        url=post.get_absolute_url(),
        title=words(post, "title").cut(LONGEST_TITLE),
        text=words(post, "summary").cut(LONGEST_TEXT),
        kind=post.get_kind_display(),
        day=post.dated_on,
        series=words(post.series, "title") if post.series else None,
        number=post.series_number,
        authors=wording.listed(names, SHOWN_NAMES) if names else "",
        countries=wording.listed(countries, 2) if countries else "",
        languages=wording.language_names(languages_of(post, "body")),
    )
