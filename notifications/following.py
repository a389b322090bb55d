"""What members follow, and telling them once something new about it is public.

Targets are terms of the vocabulary; an app above signs up others (a person, an organisation) with `register`. What is
followed elsewhere (a discussion, by a button of its own) has a name for whom may read it: `explain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from content import registry
from content.services import about
from notifications import notices
from notifications.models import Announcement, Follow
from taxonomy.models import Country, Region, Topic

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from content.models import Entry
    from members.models import User

AT_A_TIME = 2000  # followers told in one transaction


@dataclass(frozen=True)
class Target:
    """Something that can be followed. `of_record` gives the keys of those that a record concerns."""

    key: str  # in addresses and in reasons: country/12, "country:12"
    rows: Callable[[], QuerySet]  # that everybody may see
    name_of: Callable[[Any], str]  # in the language of the moment
    of_record: Callable[[Any], Iterable[int]]


@dataclass(frozen=True)
class Reason:
    """Why something is told, where no row of `Follow` says it. Its name may be a secret."""

    key: str
    rows: Callable[[User], QuerySet]  # that a reader may see
    name_of: Callable[[Any], str]


_targets: dict[str, Target] = {}
_reasons: dict[str, Reason] = {}


def register(*targets: Target) -> None:
    _targets.update({target.key: target for target in targets})


def explain(*reasons: Reason) -> None:
    _reasons.update({reason.key: reason for reason in reasons})


def target(key: str) -> Target:
    """Raises KeyError for what cannot be followed."""
    return _targets[key]


def follow(*, user: User, what: Model) -> None:
    Follow.objects.get_or_create(user=user, **about(what))


def unfollow(*, user: User, what: Model) -> None:
    Follow.objects.filter(user=user, **about(what)).delete()


def is_following(user: User, what: Model) -> bool:
    return Follow.objects.filter(user=user, **about(what)).exists()


@dataclass(frozen=True)
class Followed:
    key: str
    pk: int
    name: str
    url: str


def followed_by(user: User) -> list[Followed]:
    """In the alphabet of the reader's language: one query, and one for each kind of target."""
    keys = {ContentType.objects.get_for_model(target.rows().model).pk: key for key, target in _targets.items()}
    pks: dict[str, list[int]] = {}
    for type_id, pk in Follow.objects.filter(user=user, content_type__in=keys).values_list("content_type", "object_id"):
        pks.setdefault(keys[type_id], []).append(pk)
    rows = [(key, row) for key, ids in pks.items() for row in _targets[key].rows().filter(pk__in=ids)]
    found = [Followed(key, row.pk, _targets[key].name_of(row), row.get_absolute_url()) for key, row in rows]
    return sorted(found, key=lambda one: one.name.casefold())


def names_of(reasons: Iterable[str], reader: User) -> dict[str, str]:
    """What each reason ("country:12") is called in the language of the moment. Those that are gone, or that the reader
    may not see, are left out."""
    pks: dict[str, set[int]] = {}
    for reason in set(reasons):
        key, _, pk = reason.partition(":")
        if key in _targets or key in _reasons:
            pks.setdefault(key, set()).add(int(pk))
    return {
        f"{key}:{row.pk}": (_targets.get(key) or _reasons[key]).name_of(row)
        for key, ids in pks.items()
        for row in _rows(key, reader).filter(pk__in=ids)
    }


def _rows(key: str, reader: User) -> QuerySet:
    return _targets[key].rows() if key in _targets else _reasons[key].rows(reader)


def announce(record: Entry) -> None:
    """Have the followers told of a record that just became public, once its publishing can no longer be undone."""
    Announcement.objects.update_or_create(**about(record), defaults={"due_at": notices.decided_at()})


def tell_due() -> None:
    """Tell the followers of what was announced. Broken off and run again, it goes on: nobody is told twice."""
    for announcement in Announcement.objects.filter(due_at__lte=timezone.now()).order_by("due_at"):
        model = announcement.content_type.model_class()
        record = model._default_manager.published().filter(pk=announcement.object_id).first()  # type: ignore[union-attr]
        if record is not None:
            tell_followers(record)
        announcement.delete()


def tell_followers(record: Entry) -> None:
    message = notices.Message("followed", f"new:{registry.of(record).key}:{record.pk}", "followed", about=record)
    people = _followers(record)
    while some := dict(islice(people, AT_A_TIME)):
        notices.tell(message, some)


def _followers(record: Entry) -> Iterator[tuple[User, list[str]]]:
    """Each follower once, with every reason. Who shared the record knows of it."""
    wanted, keys = Q(pk__in=[]), {}
    for key, one in _targets.items():
        kind = ContentType.objects.get_for_model(one.rows().model)
        keys[kind.pk] = key
        wanted |= Q(content_type=kind, object_id__in=list(one.of_record(record)))
    follows = Follow.objects.filter(wanted, user__is_active=True).exclude(user=record.owner_id)
    rows = follows.select_related("user").order_by("user_id", "content_type_id", "object_id").iterator(AT_A_TIME)
    for user, its in groupby(rows, key=lambda follow: follow.user):
        yield user, [f"{keys[follow.content_type_id]}:{follow.object_id}" for follow in its]


def _topics_of(record: Any) -> Iterable[int]:
    """The topics of a record and all above them: who follows social assistance hears of cash transfers."""
    paths = record.topics.values_list("path", flat=True)
    step = Topic.steplen
    above = {path[:end] for path in paths for end in range(step, len(path) + 1, step)}
    return Topic.objects.filter(path__in=above).order_by().values_list("pk", flat=True)


def _regions_of(record: Any) -> Iterable[int]:
    """As its page gathers records: its own regions and those of its countries."""
    here = Q(pk__in=record.regions.values("pk")) | Q(countries__in=record.countries.values("pk"))
    return Region.objects.filter(here).order_by().values_list("pk", flat=True).distinct()


def _countries_of(record: Any) -> Iterable[int]:
    return record.countries.order_by().values_list("pk", flat=True)


register(
    Target("topic", Topic.objects.all, lambda topic: topic.label, _topics_of),
    Target("country", Country.objects.all, lambda country: country.name, _countries_of),
    Target("region", Region.objects.all, lambda region: region.name, _regions_of),
)
