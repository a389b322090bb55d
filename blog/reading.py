"""What stands on the page of a post: its text, its neighbours in a series, what to read next, what is read most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.safestring import SafeString

from blog.models import BlogImage, BlogPost, DayCount
from content import counting, registry
from content.cards import kept_cards
from content.translations import Words, words
from discussions import places, showing
from discussions.hall import Hall
from discussions.markup import article_html
from discussions.models import PAGE_SIZE, Thread
from search import services

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User

KEY = "post"
MOST, MOST_READ, SERIES, MOST_LINKED = 4, 5, 6, 12


@dataclass(frozen=True)
class Article:
    """A post in the words of one language."""

    title: Words
    summary: Words
    body: Words
    html: SafeString
    lead: BlogImage | None  # the picture above the text
    images: Sequence[BlogImage]  # those below it


def article(post: BlogPost) -> Article:
    """Needs `with_detail_data`. Title and summary go with the language of the text, so that nobody reads a mixture."""
    body = words(post, "body")
    language = body.language if body.text else None
    images = list(post.images.all())
    lead = images[0] if images and images[0].position == 0 else None
    return Article(
        title=words(post, "title"),
        summary=words(post, "summary", language) if language else words(post, "summary"),
        body=body,
        html=article_html(body.text),
        lead=lead,
        images=images[1:] if lead else images,
    )


# ---------- In a series ----------


@dataclass(frozen=True)
class Around:
    previous: BlogPost | None
    next: BlogPost | None


def around(post: BlogPost) -> Around | None:
    """The public posts before and after it in its series, whatever numbers are missing between."""
    if post.series_id is None or post.series_number is None:
        return None
    others = BlogPost.objects.published().filter(series=post.series_id)
    before = others.filter(series_number__lt=post.series_number).order_by("-series_number").first()
    after = others.filter(series_number__gt=post.series_number).order_by("series_number").first()
    return Around(before, after)


# ---------- What to read next ----------


def cards_of(pks: Sequence[int]) -> list[SafeString]:
    """Those of them that are public, in this order."""
    cards = kept_cards(KEY, pks)
    return [cards[pk] for pk in pks if pk in cards]


@dataclass(frozen=True)
class Related:
    linked: list[SafeString]  # records of any type that editors named
    alike: list[SafeString]  # posts that share most terms


def related(post: BlogPost) -> Related:
    """Needs `with_detail_data`. What is not public, or is no longer there, is left out."""
    linked = linked_to(post)
    terms = {
        "topic": [topic.slug for topic in post.topics.all()],
        "country": [country.iso2 for country in post.countries.all()],
        "tag": [tag.slug for tag in post.tags.all()],
    }
    alike = services.alike(kind=KEY, pk=post.pk, terms=terms, size=MOST)
    return Related(linked, [card for card in cards_of(alike) if card not in linked])


def linked_to(post: BlogPost, *kinds: str) -> list[SafeString]:
    """Cards of the public records that editors named, of these kinds or of all."""
    rows = list(post.links.values_list("content_type_id", "object_id")[:MOST_LINKED])
    found: dict[tuple[int, int], SafeString] = {}
    for kind in registry.all_types():
        if kinds and kind.key not in kinds:
            continue
        type_id = ContentType.objects.get_for_model(kind.model).pk
        if keys := [pk for one, pk in rows if one == type_id]:
            found |= {(type_id, pk): card for pk, card in kept_cards(kind.key, keys).items()}
    return [found[row] for row in rows if row in found]


# ---------- What was said about it ----------


@dataclass(frozen=True)
class Comments:
    thread: Thread
    hall: Hall
    posts: Sequence[showing.Shown]
    count: int
    is_own: bool  # of the post itself, and not a discussion of a community that goes on with it
    path: str
    place_name: str
    place_path: str

    @property
    def has_more(self) -> bool:
        return self.thread.last_page > 1


def comments(post: BlogPost, reader: User | AnonymousUser) -> Comments | None:
    """How its discussion begins, for whoever may read there. Writing is done on the pages of the discussion."""
    if post.thread_id is None or not post.is_published:
        return None
    thread = Thread.objects.visible_to(reader).filter(pk=post.thread_id).exclude(state="removed").first()
    if thread is None:
        return None
    is_own = places.stands_at(thread, post)
    row = thread.record = post if is_own else places.row_of(thread)
    hall = Hall(place=row, user=reader, frame="", can_write=False, can_moderate=False)
    place = places.of(row)
    return Comments(
        thread=thread,
        hall=hall,
        posts=showing.show(thread.posts.page(1, PAGE_SIZE).in_order(), thread, hall),
        count=thread.reply_count,
        is_own=is_own,
        path=thread.get_absolute_url(),
        place_name=place.name_of(row),
        place_path=place.path_of(row),
    )


# ---------- Read most ----------


def read_most() -> list[BlogPost]:
    return list(BlogPost.objects.published().read_most()[:MOST_READ])


def count_by_day(kind: str, pk: int, day: date) -> None:
    """Heard of every view that counts: bots and the team are left out before."""
    if kind == KEY:
        row, _is_new = DayCount.objects.get_or_create(post_id=pk, day=day)
        DayCount.objects.filter(pk=row.pk).update(views=F("views") + 1)


def sign_up() -> None:
    counting.when_viewed.append(count_by_day)
