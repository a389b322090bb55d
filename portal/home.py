"""What the first page shows: content counted in the database, members and terms by the index."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import registry
from content.cards import kept_cards
from people.directory import Question
from portal import navigation
from portal.templatetags.charts import shares
from search import services
from search.query import Query
from search.selection import Selection
from search.store import IndexMissing
from stakeholders.models import Organisation
from taxonomy.models import Country, PublicationType, Topic
from webinars.cards import Card, cards_of
from webinars.models import Series, Webinar

SECTORS = {
    Organisation.Type.GOVERNMENT: _("Government"),
    Organisation.Type.RESEARCH: _("Research and academia"),
    Organisation.Type.NGO: _("Non-governmental"),
    Organisation.Type.INTERNATIONAL: _("International"),
    Organisation.Type.OTHER: pgettext_lazy("sector", "Other"),
}
# Kinds of what is counted here. Of discussions the number alone, which not every post changes.
COUNTED = ("publication", "organisation", "community", "discussion_number", "member", "webinar", "post", "event")
NEWEST = 4
OFTEN = 6


def context(*, is_member: bool = False) -> dict[str, Any]:
    newest = registry.get("publication").published().order_by("-published_at", "-pk")
    pks = list(newest.values_list("pk", flat=True)[:NEWEST])
    cards = kept_cards("publication", pks)
    return {
        "cards": [cards[pk] for pk in pks if pk in cards],
        "figures": figures(is_member=is_member),
        "people": people(),
        "next_webinar": next_webinar(),
        **often_explored(),
    }


def next_webinar() -> Card | None:
    """The one that everybody may know of and that starts first, on the reader's clock."""
    return next(iter(cards_of(Webinar.objects.published().upcoming().for_cards()[:1])), None)


def figures(*, is_member: bool = False) -> list[tuple[navigation.Page, int]]:
    """Each page of the sections with how many things stand on it for this reader."""
    counts = {kind.list_url: kind.published().count for kind in registry.all_types()}
    counts |= {
        reverse("webinars:all_series"): Series.objects.public().count,
        reverse("people:list"): lambda: _members(is_member),
        reverse("search:countries"): Country.objects.count,
        reverse("search:topics"): Topic.objects.count,
    }
    pages = [page for section in navigation.all_sections("") for page in section.pages]
    numbers = [(page, counts[page.url]()) for page in pages if page.url in counts]
    return [(page, number) for page, number in numbers if number is not None]


def _members(is_member: bool) -> int | None:
    """How many a reader finds; not known while there is no index."""
    try:
        return Question(Selection(), is_member).ask().count
    except IndexMissing:
        return None


def people() -> list:
    """Of every hundred organisations, how many are of each kind."""
    rows = Organisation.objects.published().order_by().values_list("type").annotate(number=Count("pk"))
    numbers = dict(rows)
    return shares([(str(label), numbers.get(value, 0)) for value, label in SECTORS.items()])


def often_explored() -> dict[str, list]:
    """The terms that most publications carry, as the index counts them; none while there is no index."""
    facets = ("topic", "country", "type")
    try:
        counts = services.search(Query(kind="publication", size=0, facets=facets, facet_size=4 * OFTEN)).facets
    except IndexMissing:
        counts = {}
    topics, countries, types = (dict(counts.get(facet, ())) for facet in facets)
    return {
        "topics": _in_order(Topic.objects.filter(depth__gt=1), "slug", topics),
        "countries": _in_order(Country.objects.all(), "iso2", countries),
        "types": _in_order(PublicationType.objects.all(), "slug", types),
    }


def _in_order(terms: QuerySet, key: str, counts: dict[str, int]) -> list:
    """Terms with their counts, in the order of the counts."""
    found = {getattr(term, key): term for term in terms.filter(**{f"{key}__in": counts})}
    return [(found[value], number) for value, number in counts.items() if value in found][:OFTEN]
