"""Readers with choices, and records they may or may not see."""

from __future__ import annotations

import itertools

import pytest

from notifications.models import Letter
from taxonomy.models import Country, Region, Topic
from tests import factories


def country(iso2: str, name: str) -> Country:
    return Country.objects.create(
        iso2=iso2, iso3=f"{iso2}X", m49=f"{ord(iso2[0]) * 9 + ord(iso2[1])}"[:3], slug=name.lower(),
        name_en=name, name_fr=name, name_es=name,
    )  # fmt: skip


@pytest.fixture
def kenya(db) -> Country:
    made = country("KE", "Kenya")
    made.regions.add(
        Region.objects.create(slug="africa", m49="002", kind="region", name_en="Africa", name_fr="Afrique")
    )
    return made


@pytest.fixture
def uganda(db) -> Country:
    return country("UG", "Uganda")


@pytest.fixture
def topics(db) -> list[Topic]:
    """Social assistance, and cash transfers under it."""
    parent = Topic(slug="social-assistance", label_en="Social assistance", label_fr="Aide sociale")
    child = Topic(slug="cash-transfers", label_en="Cash transfers", label_fr="Transferts monétaires")
    Topic.objects.add_root(instance=parent)
    Topic.objects.add_child(parent, instance=child)
    return [parent, child]


@pytest.fixture
def published(kenya, uganda, topics):
    """A public record on cash transfers in Kenya and Uganda."""
    record = factories.publication("Hunger grants", title_fr="Aides contre la faim")
    record.countries.set([kenya, uganda])
    record.topics.set([topics[1]])
    return record


numbers = itertools.count(1)


@pytest.fixture
def make_letter(db):
    def make(**fields) -> Letter:
        number = next(numbers)
        defaults = {
            "occasion": f"test:{number}",
            "address": f"reader{number}@letters.example",
            "kind": "announcement",
            "language": "en",
            "template": "address_again",
            "context": {"path": "/en/"},
        }
        return Letter.objects.create(**(defaults | fields))

    return make
