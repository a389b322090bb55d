"""The blog of the demonstration: series, posts with authors and pictures, and texts that members sent in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from blog import comments, pieces, services
from blog.models import BlogAuthor, BlogPost, BlogSeries, DayCount, Remark
from communities.models import Community
from content import deciding
from content.addresses import plain
from content.models import Case, Entry, OldAddress, ReviewStep, TranslationState
from content.services import about, save_record
from discussions.models import Thread
from portal.demo import chance
from portal.demo.shelf import FOLDER, Shelf, entries, translated
from publications.models import Publication
from taxonomy.models import Country, Licence, Topic

TRANSLATED = ("title", "summary", "body")
MODELS: dict[str, type[Entry]] = {"publication": Publication, "community": Community}


def load(shelf: Shelf, folder: Path = FOLDER) -> int:
    """How many posts are new. Those that are here are left alone, whatever was done with them."""
    listed, written = entries("blog.yaml", folder), entries("blog_pieces.yaml", folder)
    slugs = [entry["slug"] for entry in (*listed, *written)]
    known = set(BlogPost.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    series = _load_series(entries("blog_series.yaml", folder))
    news = [entry for entry in listed if entry["slug"] not in known]
    for entry in news:
        with transaction.atomic():
            _load_post(shelf, entry, series, folder)
    sent = [entry for entry in written if entry["slug"] not in known]
    for entry in sent:
        with transaction.atomic():
            _send_piece(shelf, entry)
    return len(news) + len(sent) + _load_addresses(listed, entries("blog_series.yaml", folder))


def _load_series(listed: list[dict[str, Any]]) -> dict[str, BlogSeries]:
    for entry in listed:
        words = translated("title", entry["title"]) | translated("description", entry["description"])
        BlogSeries.objects.get_or_create(slug=entry["slug"], defaults=words)
    return {one.slug: one for one in BlogSeries.objects.all()}


def _load_post(shelf: Shelf, entry: dict[str, Any], series: dict[str, BlogSeries], folder: Path) -> None:
    at = _moment(entry["published"], entry["slug"])
    post = BlogPost(
        slug=entry["slug"],
        kind=entry["kind"],
        original_language=entry["language"],
        owner=shelf.staff,
        series=series.get(entry.get("series", "")),
        series_number=entry.get("number"),
        status=BlogPost.Status.PUBLISHED,
        published_at=at,
        view_count=chance.readers(entry["slug"], is_showcase=True)[0],
    )
    for name in TRANSLATED:
        for column, text in translated(name, entry[name]).items():
            setattr(post, column, text)
    save_record(record=post, by=None)
    for name in ("topics", "countries"):
        getattr(post, name).set(shelf.all(name, entry.get(name)))
    post.tags.set(entry.get("tags") or [])
    services.name_authors(post=post, authors=list(_authors(shelf, entry)))
    services.link_records(post=post, records=list(_linked(entry)))
    _add_images(post, entry, folder)
    _open_comments(post, entry)
    _note_life(shelf, post, at)
    _count_days(post)


def _moment(day: date, slug: str) -> datetime:
    return chance.moment_after(day, within=1, words=(slug,))


def _authors(shelf: Shelf, entry: dict[str, Any]) -> Iterator[services.Named]:
    for one in entry["authors"]:
        user = shelf.accounts[one["member"]] if "member" in one else None
        yield services.Named(
            user, one.get("name", ""), one.get("affiliation", ""), one.get("credit", BlogAuthor.Credit.AUTHOR)
        )


def _linked(entry: dict[str, Any]) -> Iterator[Entry]:
    for one in entry.get("about") or []:
        for kind, slug in one.items():
            yield from MODELS[kind]._default_manager.filter(slug=slug)


def _add_images(post: BlogPost, entry: dict[str, Any], folder: Path) -> None:
    for one in entry.get("images") or []:
        content = (folder / "media" / one["file"]).read_bytes()
        licence = Licence.objects.get(slug=one["licence"])
        services.add_image(
            post=post, content=content, name=one["file"], credit=one["credit"], licence=licence, alt=one["alt"]
        )


def _open_comments(post: BlogPost, entry: dict[str, Any]) -> None:
    """Its own discussion, or that of this title in the community it goes on in."""
    if "thread" not in entry:
        comments.open_for(post)
        return
    here = ContentType.objects.get_for_model(Community)
    places = [pk for pk in (one.pk for one in _linked(entry) if isinstance(one, Community))]
    found = Thread.objects.filter(content_type=here, object_id__in=places, title=entry["thread"])
    post.thread = found.order_by("pk").first()
    post.save(update_fields=["thread"])
    if post.thread is None:
        comments.open_for(post)


def _note_life(shelf: Shelf, post: BlogPost, at: datetime) -> None:
    """The step that publishing would have written down, and translations that were made some days later."""
    step = ReviewStep.objects.create(**about(post), kind="published", status=post.status, by=shelf.staff)
    ReviewStep.objects.filter(pk=step.pk).update(at=at)
    TranslationState.objects.filter(**about(post)).update(updated_at=min(at + timedelta(days=9), timezone.now()))


def _count_days(post: BlogPost) -> None:
    """Readers of the last weeks: some posts are read much, most are read little."""
    today = timezone.now().date()
    width = 1 + int(30 * chance.share(post.slug, "read") ** 3)
    DayCount.objects.bulk_create(
        DayCount(post=post, day=today - timedelta(days=ago), views=views)
        for ago in range(0, 28, 3)
        if (views := int(width * chance.share(post.slug, str(ago))))
    )


# ---------- What members sent in ----------


def _send_piece(shelf: Shelf, entry: dict[str, Any]) -> None:
    member = shelf.accounts[entry["by"]]
    typed = pieces.Typed(
        language=entry["language"],
        title=entry["title"],
        summary=entry["summary"],
        body=entry["text"].strip(),
        affiliation="",
        topics=Topic.objects.filter(slug__in=entry["topics"]),
        countries=Country.objects.filter(iso2__in=entry["countries"]),
    )
    at = chance.ago(entry)
    post = pieces.save_piece(post=BlogPost(slug=entry["slug"]), typed=typed, by=member)
    case = pieces.send_piece(post=post, by=member, note=entry.get("note", ""))
    _date(case, post, at)
    if "asked" in entry:
        _look_through(shelf, post, entry)
        case = Case.objects.get(pk=case.pk)
        deciding.ask_for_changes(case=case, by=shelf.staff, turn=case.turn, note=entry["asked"])
        _date(case, post, at + timedelta(days=1))


def _look_through(shelf: Shelf, post: BlogPost, entry: dict[str, Any]) -> None:
    """An editor changes a sentence and remarks on a paragraph."""
    said, edited = entry["remark"], entry["edited"]
    column = f"body_{entry['language']}"
    setattr(post, column, getattr(post, column).replace(edited["from"], edited["to"]))
    services.save_post(post=post, by=shelf.staff)
    paragraph = pieces.paragraphs_of(getattr(post, column))[said["paragraph"] - 1]
    Remark.objects.create(post=post, paragraph=paragraph, text=said["text"], by=shelf.staff)


def _date(case: Case, post: BlogPost, at: datetime) -> None:
    """The last step happened in the past."""
    last = ReviewStep.objects.filter(case=case).latest("pk")
    ReviewStep.objects.filter(pk=last.pk).update(at=at)
    first = {"opened_at": at} if case.steps.count() == 1 else {}
    Case.objects.filter(pk=case.pk).update(waiting_since=at, **first)
    BlogPost.objects.filter(pk=post.pk).update(submitted_at=at)


# ---------- Addresses ----------


def _load_addresses(posts: list[dict[str, Any]], series: list[dict[str, Any]]) -> int:
    """Where the former platform had them; every post is found at its slug there, too."""
    rows = {f"/discover/blog/{entry['slug']}": f"/discover/blog/{entry['slug']}/" for entry in posts}
    rows |= {plain(path): f"/discover/blog/{entry['slug']}/" for entry in posts for path in entry.get("old_paths", [])}
    rows |= {
        plain(path): f"/discover/blog/series/{entry['slug']}/"
        for entry in series
        for path in entry.get("old_paths", [])
    }
    rows |= {"/discover/blog": "/discover/blog/", "/discover/news": "/discover/news/"}
    known = set(OldAddress.objects.filter(path__in=rows).values_list("path", flat=True))
    OldAddress.objects.bulk_create(
        [OldAddress(path=path, target=target) for path, target in rows.items() if path not in known]
    )
    return len(rows) - len(known)
