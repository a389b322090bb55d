"""What the first page shows: figures and lists, all of them counted in the database."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from content import registry
from content.cards import kept_cards
from portal import navigation
from portal.templatetags.charts import shares
from stakeholders.models import Organisation
from taxonomy.models import Country, PublicationType, Topic

NEWEST = 4
OFTEN = 6


def context() -> dict[str, Any]:
    newest = registry.get("publication").published().order_by("-published_at", "-pk")
    pks = list(newest.values_list("pk", flat=True)[:NEWEST])
    cards = kept_cards("publication", pks)
    return {
        "cards": [cards[pk] for pk in pks if pk in cards],
        "figures": figures(),
        "people": people(),
        "topics": _most_used(Topic)[:OFTEN],
        "countries": _most_used(Country)[:OFTEN],
        "types": _most_used(PublicationType)[:OFTEN],
    }


def figures() -> list[tuple[navigation.Page, int]]:
    """Each page of the sections with how many things stand on it."""
    counts = {kind.list_url: kind.published().count for kind in registry.all_types()}
    vocabulary = [Country.objects.count, Topic.objects.count]
    pages = [page for section in navigation.all_sections("") for page in section.pages]
    return [(page, (counts.get(page.url) or vocabulary.pop(0))()) for page in pages]


def people() -> list:
    """Of every hundred organisations, how many are of each kind."""
    rows = Organisation.objects.published().order_by().values_list("type").annotate(number=Count("pk"))
    numbers = dict(rows)
    return shares([(label, numbers.get(value, 0)) for value, label in Organisation.Type.choices])


def _most_used(model):
    """Terms by the number of publications that carry them."""
    return (
        model.objects.filter(publications__status="published")
        .annotate(number=Count("publications"))
        .order_by("-number", "pk")
    )
