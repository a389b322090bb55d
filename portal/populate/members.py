"""Members up to the figure: made-up people of the countries where the library's readers are."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from members.models import User
from people.models import Profile
from people.visibility import FIELDS
from portal.populate import chance
from portal.populate.publications import FAMILY, GIVEN, Shelf
from stakeholders.models import Affiliation

HOST = "populate.example"
CHUNK = 2000
LANGUAGES = {"en": 60, "fr": 25, "es": 20, "pt": 8, "ar": 8, "sw": 6, "hi": 4, "zh": 3}
LISTINGS = {"everyone": 45, "members": 50, "nobody": 5}
CHOICES = {"public": 50, "members": 45, "me": 5}


def missing(total: int) -> int:
    return max(0, total - User.objects.filter(is_active=True).count())


def make(count: int, seed: int) -> Iterator[int]:
    """One after another to watch; committed in chunks."""
    random, shelf = Random(seed), Shelf()
    first = User.objects.filter(email__endswith=f"@{HOST}").count()
    for start in range(first, first + count, CHUNK):
        numbers = range(start, min(start + CHUNK, first + count))
        _make_chunk(numbers, random, shelf)
        yield from numbers


@transaction.atomic
def _make_chunk(numbers: range, random: Random, shelf: Shelf) -> None:
    given, family = GIVEN.split(), FAMILY.split()
    users = User.objects.bulk_create(
        User(
            email=f"member-{number}@{HOST}",
            display_name=f"{random.choice(given)} {random.choice(family)}",
            password=UNUSABLE_PASSWORD_PREFIX,
        )
        for number in numbers
    )
    profiles = Profile.objects.bulk_create(
        Profile(
            user=user,
            handle=f"member-{number}",
            listing=chance.of(random, LISTINGS),
            visibility={field: chance.of(random, CHOICES) for field in FIELDS},
            country_id=shelf.countries.one(random).pk,
            languages=list({chance.of(random, LANGUAGES) for _ in range(2)}),
        )
        for number, user in zip(numbers, users, strict=True)
    )
    topics = Profile.topics.through
    topics.objects.bulk_create(
        topics(profile_id=profile.pk, topic_id=topic.pk)
        for profile in profiles
        for topic in set(shelf.topics.draw(random, 3))
    )
    experience = Profile.experience.through
    experience.objects.bulk_create(
        experience(profile_id=profile.pk, country_id=country.pk)
        for profile in profiles
        for country in set(shelf.countries.draw(random, 2))
    )
    Affiliation.objects.bulk_create(
        Affiliation(user=user, organisation_id=key) for user in users for key in shelf.publishers.draw(random, 1)
    )


def clear() -> int:
    """Removes them and all that hangs on them."""
    gone = 0
    rows = User.objects.filter(email__endswith=f"@{HOST}").order_by("pk")
    while keys := list(rows.values_list("pk", flat=True)[:CHUNK]):
        User.objects.filter(pk__in=keys).delete()
        gone += len(keys)
    return gone
