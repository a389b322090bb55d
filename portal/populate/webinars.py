"""Series and webinars up to the figure, who registered, and what came of them; one series and one webinar of a given
size, so that they can be measured at each scale.

Written past the services, in lots.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from communities.models import Community
from content.models import ReviewStep
from portal.populate import chance
from portal.populate.clearing import delete_some
from portal.populate.members import HOST
from portal.populate.organisations import MARK
from portal.populate.publications import SPOKEN, Shelf
from webinars.models import Panellist, Question, Recording, Registration, Series, Webinar

SERIES = 16  # of 77 webinars, as the report of 2018 has it
OF = 77
REGISTERED = 40  # for a webinar, on average
LONG_SERIES, LONG = "populate-long", 500  # webinars of the long series
FULL, CROWD = "populate-full", 500  # people registered for the one that is ahead
A_WEEK = timedelta(days=7)
ZONES = ("Africa/Nairobi", "Europe/Berlin", "America/Lima", "Asia/Kolkata", "UTC")
STATES = {"in": 92, "cancelled": 8}
CHUNK = 200  # webinars in one transaction


def missing(total: int) -> int:
    return max(0, total - _ordinary().filter(status="published").count())


def _ordinary() -> Any:
    """Beside those that are there to be measured."""
    return Webinar.objects.exclude(slug=FULL).exclude(series__slug=LONG_SERIES)


def made() -> Any:
    """Keys of those that populate made, oldest first."""
    return _steps().filter(note=MARK).order_by("object_id").values_list("object_id", flat=True)


def _steps() -> Any:
    return ReviewStep.objects.filter(content_type=ContentType.objects.get_for_model(Webinar))


@dataclass
class Hall:
    """What a webinar may be about, and whose it may be."""

    series: list[Series]
    shelf: Shelf = field(default_factory=Shelf)

    def __post_init__(self) -> None:
        rows = Community.objects.listed().order_by("pk")
        self.communities = chance.Skewed(list(rows[:500]))


@dataclass
class Lot:
    """The rows of some webinars, each list one bulk_create."""

    webinars: list[Webinar] = field(default_factory=list)
    topics: list[tuple[Webinar, int]] = field(default_factory=list)
    countries: list[tuple[Webinar, int]] = field(default_factory=list)
    organisations: list[tuple[Webinar, int]] = field(default_factory=list)
    parts: list[Panellist | Recording | Registration | Question] = field(default_factory=list)


def make(count: int, seed: int) -> Iterator[int]:
    """Yields how many were made after each transaction."""
    first = _ordinary().filter(pk__in=made().values("object_id")).count()
    hall = Hall(_series(first + count, seed))
    for start in range(first, first + count, CHUNK):
        lot, now = Lot(), timezone.now()
        for number in range(start, min(start + CHUNK, first + count)):
            # One of twenty is ahead, the others were held, one each week backwards.
            weeks = -1 - number // 20 if number % 20 == 0 else 1 + number // 8
            _add(lot, hall, Random(f"webinars {seed} {number}"), str(number), now - weeks * A_WEEK)
        _write(lot)
        yield len(lot.webinars)


def make_long(seed: int) -> bool:
    """A series of five hundred webinars, and one ahead for which as many people registered. Whether they are new."""
    if Series.objects.filter(slug=LONG_SERIES).exists():
        return False
    long = Series.objects.create(slug=LONG_SERIES, title_en="Every Thursday", description_en="One webinar each week.")
    hall, lot, now = Hall([long]), Lot(), timezone.now()
    for number in range(LONG):
        _add(lot, hall, Random(f"long {seed} {number}"), f"long-{number}", now - (number - 20) * A_WEEK, registered=0)
    _add(lot, hall, Random(f"full {seed}"), "full", now + 3 * A_WEEK, registered=CROWD)
    lot.webinars[-1].slug, lot.webinars[-1].series = FULL, None
    _write(lot)
    return True


def _series(webinars: int, seed: int) -> list[Series]:
    """So many that one series has as many webinars as in the report."""
    shelf, number = Shelf(), max(1, round(webinars * SERIES / OF))
    there = Series.objects.filter(slug__startswith="populate-series-").count()
    for place in range(there, number):
        random = Random(f"series {seed} {place}")
        topic, country = shelf.topics.one(random), shelf.countries.one(random)
        Series.objects.create(
            slug=f"populate-series-{place}",
            title_en=shelf.words.title(random, "en", topic.label_en, country.name_en)[:200],
            description_en=shelf.words.sentences(random, "en", 3),
        )
    return list(Series.objects.filter(slug__startswith="populate-series-").order_by("pk")[:number])


def _add(
    lot: Lot, hall: Hall, random: Random, name: str, starts_at: datetime, *, registered: int | None = None
) -> None:
    webinar = _webinar(hall, random, name, starts_at)
    lot.webinars.append(webinar)
    lot.topics += [(webinar, pk) for pk in sorted({topic.pk for topic in hall.shelf.topics.draw(random, 2)})]
    lot.countries += [(webinar, place.pk) for place in hall.shelf.countries.draw(random, 1)]
    lot.organisations += [(webinar, pk) for pk in hall.shelf.publishers.draw(random, 1)]
    people = [f"{hall.shelf.given.one(random)} {hall.shelf.family.one(random)}" for _person in range(4)]
    lot.parts += [
        Panellist(webinar=webinar, position=place, name=person, role="moderator" if place == 0 else "speaker")
        for place, person in enumerate(people)
    ]
    number = min(2000, int(random.expovariate(1 / REGISTERED))) if registered is None else registered
    lot.parts += [_registration(hall, random, webinar, place) for place in range(number)]
    lot.parts += [_question(hall, random, webinar) for _question_ in range(random.randrange(6) if number else 0)]
    if webinar.recorded_at:
        link = f"https://www.youtube.com/watch?v={random.getrandbits(48):012x}"[:43]
        lot.parts.append(Recording(webinar=webinar, language=webinar.spoken[0], link=link, seconds=5400))


def _webinar(hall: Hall, random: Random, name: str, starts_at: datetime) -> Webinar:
    code, shelf = chance.of(random, SPOKEN), hall.shelf
    topic, place = shelf.topics.one(random), shelf.countries.one(random)
    title = shelf.words.title(random, code, getattr(topic, f"label_{code}"), getattr(place, f"name_{code}"))
    begins = starts_at.replace(hour=random.randint(7, 16), minute=0, second=0, microsecond=0)
    ends = begins + timedelta(minutes=90)
    is_over = ends < timezone.now()
    return Webinar(
        slug=f"{slugify(title)[:80].strip('-')}-{name}",
        status=Webinar.Status.PUBLISHED,
        original_language=code,
        published_at=min(begins - 3 * A_WEEK, timezone.now()),
        starts_at=begins,
        ends_at=ends,
        zone=random.choice(ZONES),
        series=random.choice(hall.series) if hall.series else None,
        community=hall.communities.one(random) if hall.communities.things and random.random() < 0.3 else None,
        spoken=[code],
        interpreted=[other for other in ("fr", "es") if other != code][: random.randrange(3)],
        capacity=1000,
        meeting_link="https://meet.example.org/room",
        recorded_at=ends + A_WEEK if is_over and random.random() < 0.9 else None,
        view_count=min(int(random.paretovariate(1.1) * 12), 60_000),
        **{
            f"title_{code}": title[:300],
            f"summary_{code}": shelf.words.sentences(random, code, 2)[:600],
            f"about_{code}": shelf.words.sentences(random, code, 10),
        },
    )


def _registration(hall: Hall, random: Random, webinar: Webinar, place: int) -> Registration:
    at = webinar.starts_at - timedelta(hours=random.randint(200, 500))
    return Registration(
        webinar=webinar,
        name=f"{hall.shelf.given.one(random)} {hall.shelf.family.one(random)}",
        email=f"registrant-{place}@{HOST}",
        country_id=hall.shelf.countries.one(random).pk,
        sector=random.choice(Registration.Sector.values),
        language=chance.of(random, SPOKEN),
        zone=random.choice(ZONES),
        state=chance.of(random, STATES),
        consent_version="1",
        registered_at=min(at, timezone.now()),
        confirmed_at=min(at, timezone.now()),
    )


def _question(hall: Hall, random: Random, webinar: Webinar) -> Question:
    code, is_over = webinar.spoken[0], webinar.ends_at < timezone.now()
    text = hall.shelf.words.sentences(random, code, 1)[:-1] + "?"
    question = Question(webinar=webinar, language=code, text=text[:600], asked_at=webinar.starts_at - A_WEEK)
    if is_over and random.random() < 0.7:
        question.answered_at, question.answer_language = webinar.ends_at, code
        question.answer = hall.shelf.words.sentences(random, code, 3)
    return question


@transaction.atomic
def _write(lot: Lot) -> None:
    Webinar.objects.bulk_create(lot.webinars)
    for name, pairs in (
        ("topic", lot.topics), ("country", lot.countries), ("organisation", lot.organisations),
    ):  # fmt: skip
        many = {"topic": Webinar.topics, "country": Webinar.countries, "organisation": Webinar.organisations}[name]
        many.through._default_manager.bulk_create(
            many.through(webinar_id=webinar.pk, **{f"{name}_id": pk}) for webinar, pk in pairs
        )
    for part in lot.parts:
        part.webinar_id = part.webinar.pk
    for model in (Panellist, Recording, Registration, Question):
        rows = [part for part in lot.parts if isinstance(part, model)]
        model._default_manager.bulk_create(rows, batch_size=2000)
    kind = ContentType.objects.get_for_model(Webinar)
    ReviewStep.objects.bulk_create(
        ReviewStep(content_type=kind, object_id=row.pk, kind="published", status=row.status, note=MARK)
        for row in lot.webinars
    )


def clear() -> int:
    """Removes them and all that hangs on them; says how many."""
    gone = 0
    while keys := list(made()[:CHUNK]):
        with transaction.atomic():
            delete_some(Webinar, keys)
        gone += len(keys)
    Series.objects.filter(slug__startswith="populate-").delete()
    return gone
