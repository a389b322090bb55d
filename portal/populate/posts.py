"""Posts of the blog and events up to the figure. Written past the services, in lots."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from agenda.models import Event
from blog.models import BlogAuthor, BlogPost
from content.models import ReviewStep
from portal.populate import chance
from portal.populate.clearing import delete_some
from portal.populate.organisations import MARK
from portal.populate.publications import SPOKEN, Shelf

CHUNK = 500
KINDS = {"blog-article": 60, "webinar-summary": 25, "op-ed": 10, "news-item": 5}
EVENTS = {"event": 70, "call": 25, "livestream": 5}
Row = TypeVar("Row", BlogPost, Event)


def missing(model: type[BlogPost] | type[Event], total: int) -> int:
    return max(0, total - model.objects.filter(status="published").count())


def _steps(model: type[BlogPost] | type[Event]) -> Any:
    return ReviewStep.objects.filter(content_type=ContentType.objects.get_for_model(model), note=MARK)


def make(model: type[Row], count: int, seed: int) -> Iterator[int]:
    """Yields how many were made after each transaction."""
    shelf, first = Shelf(), _steps(model).count()
    for start in range(first, first + count, CHUNK):
        numbers = range(start, min(start + CHUNK, first + count))
        chances = [Random(f"{model.__name__} {seed} {number}") for number in numbers]
        write = _post if model is BlogPost else _event
        _write(model, shelf, [(write(shelf, one, number), one) for one, number in zip(chances, numbers, strict=True)])
        yield len(numbers)


def _said(shelf: Shelf, random: Random, number: int) -> dict[str, Any]:
    """What a post and an event have in common: words in one language, and a life."""
    code = chance.of(random, SPOKEN)
    topic, place = shelf.topics.one(random), shelf.countries.one(random)
    title = shelf.words.title(random, code, getattr(topic, f"label_{code}"), getattr(place, f"name_{code}"))
    return {
        "slug": f"{slugify(title)[:90].strip('-')}-{number}",
        "status": "published",
        "original_language": code,
        "published_at": timezone.now() - timedelta(days=random.uniform(1, 1500)),
        "view_count": min(int(random.paretovariate(1.1) * 12), 60_000),
        f"title_{code}": title[:300],
        f"summary_{code}": shelf.words.sentences(random, code, 2)[:600],
        f"body_{code}": "\n\n".join(shelf.words.sentences(random, code, 4) for _paragraph in range(8)),
    }


def _post(shelf: Shelf, random: Random, number: int) -> BlogPost:
    return BlogPost(kind=chance.of(random, KINDS), **_said(shelf, random, number))


def _event(shelf: Shelf, random: Random, number: int) -> Event:
    kind = chance.of(random, EVENTS)
    begins = timezone.now() + timedelta(days=random.uniform(-1500, 120))
    starts_at = None if kind == "call" else begins
    return Event(
        kind=kind, starts_at=starts_at, ends_at=begins + timedelta(hours=8), **_said(shelf, random, number)
    )  # fmt: skip


@transaction.atomic
def _write(model: type[Row], shelf: Shelf, rows: list[tuple[Row, Random]]) -> None:
    model._default_manager.bulk_create([row for row, _random in rows])
    for name, drawn in (("topic", shelf.topics), ("country", shelf.countries)):
        through = (model.topics if name == "topic" else model.countries).through
        through._default_manager.bulk_create(
            through(**{f"{model.__name__.lower()}_id": row.pk, f"{name}_id": drawn.one(random).pk})
            for row, random in rows
        )
    if model is BlogPost:
        BlogAuthor.objects.bulk_create(
            BlogAuthor(post_id=row.pk, name=f"{shelf.given.one(random)} {shelf.family.one(random)}")
            for row, random in rows
        )
    kind = ContentType.objects.get_for_model(model)
    ReviewStep.objects.bulk_create(
        ReviewStep(content_type=kind, object_id=row.pk, kind="published", status=row.status, note=MARK)
        for row, _random in rows
    )


def clear() -> int:
    """Removes them and all that hangs on them; says how many."""
    gone = 0
    for model in (BlogPost, Event):
        while keys := list(_steps(model).values_list("object_id", flat=True)[:CHUNK]):
            with transaction.atomic():
                delete_some(model, keys)
            gone += len(keys)
    return gone
