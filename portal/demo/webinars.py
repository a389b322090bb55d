"""Webinars of the demonstration: series, what the platform's report names, one next week, one just finished."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from blog.models import BlogPost
from communities.models import Community
from content.models import Case, ReviewStep
from content.services import about
from members.models import User
from portal.demo import attendance, chance, pdfs, questions
from portal.demo.shelf import FOLDER, Shelf, entries, translated
from taxonomy.models import Topic
from webinars import outcomes
from webinars.models import Material, Organiser, Panellist, Series, Stream, Webinar

LENGTH = timedelta(minutes=90)  # as the platform held them
Status = Webinar.Status


def load(shelf: Shelf, folder: Path = FOLDER) -> int:
    """How many series and webinars are new. Those that are here are left alone, whatever was done with them."""
    with transaction.atomic():
        series = _load_series(shelf, entries("webinar_series.yaml", folder))
        listed = entries("webinars.yaml", folder)
        slugs = [entry["slug"] for entry in listed]
        known = set(Webinar.objects.filter(slug__in=slugs).values_list("slug", flat=True))
        news = [entry for entry in listed if entry["slug"] not in known]
        for entry in news:
            questions.load(shelf, _load_one(shelf, entry), folder)
    return series + len(news)


def _load_series(shelf: Shelf, listed: list[dict[str, Any]]) -> int:
    communities = dict(Community.objects.values_list("slug", "pk"))
    news = 0
    for entry in listed:
        texts = translated("title", entry["title"]) | translated("description", entry["description"])
        community = communities.get(entry.get("community", ""))
        found, is_new = Series.objects.get_or_create(slug=entry["slug"], defaults={**texts, "community_id": community})
        if is_new:
            found.organisations.set(shelf.all("organisations", entry.get("organisations")))
            news += 1
    return news


def _load_one(shelf: Shelf, entry: dict[str, Any]) -> Webinar:
    starts_at, by = _start(entry), shelf.accounts[entry["by"]]
    columns: dict[str, Any] = {
        "slug": entry["slug"],
        "original_language": entry["language"],
        "starts_at": starts_at,
        "ends_at": starts_at + LENGTH,
        "zone": entry["zone"],
        "spoken": entry["spoken"],
        "interpreted": entry.get("interpreted", []),
        "capacity": entry.get("capacity"),
        "meeting_link": entry.get("meeting_link", ""),
        "owner": by,
        "series": Series.objects.filter(slug=entry.get("series", "")).first(),
        "community": Community.objects.filter(slug=entry.get("community", "")).first(),
    }
    for name in ("title", "summary", "about"):
        columns |= translated(name, entry.get(name))
    webinar = Webinar.objects.create(**columns, **_life(entry, starts_at))
    webinar.topics.set(Topic.objects.filter(slug__in=entry.get("topics", [])))
    for name in ("countries", "regions", "organisations"):
        getattr(webinar, name).set(shelf.all(name, entry.get(name)))
    Organiser.objects.create(webinar=webinar, user=by)
    _seat(shelf, webinar, entry.get("panel", []))
    _note(shelf, webinar)
    _bring(webinar, entry, by)
    if name := entry.get("summary_post"):
        webinar.summary_post = BlogPost.objects.filter(slug=name).first()
        webinar.save(update_fields=["summary_post"])
    attendance.bring(webinar, entry, by)
    return webinar


def _start(entry: dict[str, Any]) -> datetime:
    """On the clock of its zone: a day that is given, or so many days from the day of loading, on its weekday."""
    hour, minute = map(int, entry["at"].split(":"))
    if "day" in entry:
        day = entry["day"]
    else:
        today = timezone.now().astimezone(ZoneInfo(entry["zone"])).date()
        day = today + timedelta(days=entry["in_days"])
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(entry["zone"]))
    return local.astimezone(UTC)


def _life(entry: dict[str, Any], starts_at: datetime) -> dict[str, Any]:
    if entry.get("in_review"):
        return {"status": Status.IN_REVIEW, "submitted_at": timezone.now() - timedelta(hours=20)}
    announced = min(starts_at - timedelta(days=21), timezone.now() - timedelta(days=3))
    readers = chance.readers(entry["slug"], is_showcase=True)[0]
    return {"status": Status.PUBLISHED, "published_at": announced, "view_count": readers}


def _seat(shelf: Shelf, webinar: Webinar, panel: list[dict[str, Any]]) -> None:
    for position, one in enumerate(panel):
        user = shelf.accounts.get(one["name"])
        Panellist.objects.create(
            webinar=webinar,
            position=position,
            user=user,
            name="" if user else one["name"],
            role=one.get("role", "speaker"),
            affiliation=one.get("affiliation", ""),
        )


def _note(shelf: Shelf, webinar: Webinar) -> None:
    """The steps that would have been written down."""
    if webinar.status == Status.PUBLISHED:
        step = ReviewStep.objects.create(**about(webinar), kind="published", status=webinar.status, by=shelf.staff)
        ReviewStep.objects.filter(pk=step.pk).update(at=webinar.published_at)
        return
    case = Case.objects.create(
        **about(webinar),
        kind="webinar",
        language=webinar.original_language,
        opened_by=webinar.owner,
        waiting_since=webinar.submitted_at,
    )
    ReviewStep.objects.create(**about(webinar), case=case, kind="sent", status=webinar.status, by=webinar.owner)


def _bring(webinar: Webinar, entry: dict[str, Any], by: User) -> None:
    """Where it is shown and what has come of it, as its organisers would have brought it."""
    for language, link in entry.get("streams", {}).items():
        Stream.objects.create(webinar=webinar, language=language, link=link)
    for one in entry.get("recordings", []):
        outcomes.record(
            webinar=webinar, language=one["language"], link=one["link"], seconds=90 * 60, chapters=[], by=by
        )
    for one in entry.get("slides", []):
        pages = [[pdfs.Section(heading=page["heading"], paragraphs=[page["text"]])] for page in one["pages"]]
        content = ContentFile(pdfs.make_pdf(one["title"], one["by"], one["language"], pages), f"{webinar.slug}.pdf")
        _add(webinar, Material.Kind.SLIDES, content, one["language"], one["title"], by)
    if said := entry.get("transcript"):
        lines = [f"{at:0>8}.000 --> {at:0>8}.900\n<v {who}>{words}" for at, who, words in said["said"]]
        content = ContentFile("\n\n".join(["WEBVTT", *lines]).encode(), "captions.vtt")
        _add(webinar, Material.Kind.TRANSCRIPT, content, said["language"], "", by)


def _add(webinar: Webinar, kind: str, content: ContentFile, language: str, title: str, by: User) -> None:
    outcomes.add_material(webinar=webinar, kind=kind, content=content, language=language, title=title, by=by)
