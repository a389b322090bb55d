"""The agenda of the demonstration: what the three-year report names, and what lies ahead of today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from agenda import services
from agenda.models import Event, Session, Stream
from blog.models import BlogPost
from communities.models import Community
from content import review
from content.addresses import plain
from content.models import Case, Entry, OldAddress, ReviewStep
from content.services import about
from portal.demo import chance
from portal.demo.shelf import FOLDER, Shelf, entries, translated
from publications.models import Publication

MODELS: dict[str, type[Entry]] = {"publication": Publication, "community": Community, "post": BlogPost}


def load(shelf: Shelf, folder: Path = FOLDER) -> int:
    """How many are new. Those that are here are left alone, whatever was done with them."""
    listed = entries("agenda.yaml", folder)
    known = set(Event.objects.filter(slug__in=[one["slug"] for one in listed]).values_list("slug", flat=True))
    news = [entry for entry in listed if entry["slug"] not in known]
    for entry in news:
        with transaction.atomic():
            _load_one(shelf, entry)
    return len(news) + _load_addresses(listed)


def _load_one(shelf: Shelf, entry: dict[str, Any]) -> None:
    event = Event(slug=entry["slug"], original_language=entry["language"], **_columns(entry), **_when(entry))
    for name in ("title", "summary", "body"):
        for column, text in translated(name, entry[name]).items():
            setattr(event, column, text)
    event.owner = shelf.accounts[entry["by"]] if "by" in entry else shelf.staff
    services.save_event(event=event, by=None)
    for name in ("topics", "countries", "goals", "organisations"):
        getattr(event, name).set(shelf.all(name, entry.get(name)))
    for language, url in (entry.get("streams") or {}).items():
        Stream.objects.create(event=event, language=language, url=url)
    for one in entry.get("sessions") or []:
        _add_session(event, one)
    services.link_records(event=event, records=list(_linked(entry)))
    _send(shelf, event, entry) if "by" in entry else _publish(shelf, event, entry)


def _columns(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": entry["kind"],
        "languages": entry["languages"],
        **{name: entry.get(name, "") for name in ("place", "others", "link")},
    }


def _when(entry: dict[str, Any]) -> dict[str, Any]:
    """Whole days of UTC, or moments that lie so many days from now on the clock of their zone."""
    if days := entry.get("days"):
        first, last = (datetime.combine(day, time(), tzinfo=UTC) for day in days)
        return {"starts_at": first, "ends_at": last + timedelta(days=1), "whole_days": True}
    moments = [_moment(one, entry["zone"]) for one in entry["in"]]
    starts = None if entry["kind"] == Event.Kind.CALL else moments[0]
    return {"starts_at": starts, "ends_at": moments[-1], "zone": entry["zone"]}


def _moment(one: dict[str, Any], zone: str) -> datetime:
    day = timezone.now().astimezone(ZoneInfo(zone)).date() + timedelta(days=one["days"])
    return datetime.combine(day, time.fromisoformat(one["at"]), tzinfo=ZoneInfo(zone))


def _add_session(event: Event, one: dict[str, Any]) -> None:
    day = event.first_day.date() + timedelta(days=one["day"])
    begins, ends = (
        datetime.combine(day, time.fromisoformat(one[name]), tzinfo=ZoneInfo(event.zone)) for name in ("from", "to")
    )
    words = translated("title", one["title"])
    Session.objects.create(event=event, starts_at=begins, ends_at=ends, people=one["people"], **words)


def _linked(entry: dict[str, Any]) -> Iterator[Entry]:
    for one in entry.get("about") or []:
        for kind, slug in one.items():
            yield from MODELS[kind]._default_manager.filter(slug=slug)


def _publish(shelf: Shelf, event: Event, entry: dict[str, Any]) -> None:
    """Some weeks before it took place, while the platform existed."""
    begins = (event.starts_at or event.ends_at).date() - timedelta(days=60)
    at = min(chance.moment_after(begins, within=20, words=(entry["slug"],)), timezone.now() - timedelta(days=3))
    life = {"status": Event.Status.PUBLISHED, "published_at": at}
    Event.objects.filter(pk=event.pk).update(**life, view_count=chance.readers(event.slug, is_showcase=False)[0])
    step = ReviewStep.objects.create(**about(event), kind="published", status="published", by=shelf.staff)
    ReviewStep.objects.filter(pk=step.pk).update(at=at)


def _send(shelf: Shelf, event: Event, entry: dict[str, Any]) -> None:
    at = chance.ago(entry)
    case = review.submit(record=event, by=event.owner, note=entry["note"])
    ReviewStep.objects.filter(case=case).update(at=at)
    Case.objects.filter(pk=case.pk).update(waiting_since=at, opened_at=at)
    Event.objects.filter(pk=event.pk).update(submitted_at=at)


def _load_addresses(listed: list[dict[str, Any]]) -> int:
    """Where the former platform had them."""
    rows = {f"/discover/events/{entry['slug']}": f"/discover/events/{entry['slug']}/" for entry in listed}
    rows |= {plain(path): f"/discover/events/{one['slug']}/" for one in listed for path in one.get("old_paths", [])}
    rows |= {"/discover/events": "/discover/events/", "/learn/livestream": "/learn/livestreams/"}
    known = set(OldAddress.objects.filter(path__in=rows).values_list("path", flat=True))
    OldAddress.objects.bulk_create(
        [OldAddress(path=path, target=target) for path, target in rows.items() if path not in known]
    )
    return len(rows) - len(known)
