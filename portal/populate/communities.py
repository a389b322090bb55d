"""Communities up to the figure, with who is in them and what they wrote; and one discussion that is very long.

Written past the services, in lots, so whatever they keep is kept here: what a thread knows of its posts, who reads and
follows it, how far its authors are trusted, and when a community was last active.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.text import slugify

from communities import conduct
from communities.models import Community, Membership, ShelfItem
from content.models import ReviewStep
from discussions.markup import to_html
from discussions.models import Attachment, Post, PostTranslation, Reading, Thread
from members.models import User
from moderation.models import Standing
from portal.populate import chance
from portal.populate.clearing import delete_some
from portal.populate.members import HOST
from portal.populate.organisations import MARK
from portal.populate.publications import SPOKEN, Shelf
from portal.populate.words import LANGUAGES
from publications.models import Publication

ACTIVE = 14  # of 42 that lived, as the report of 2018 has it
OF = 42
POSTS = 31  # of a community, on average
LONG = 10_000  # posts of the long discussion
LONG_TITLE = "Everything anybody wanted to ask, in one place"
ACCESS = {"open": 60, "request": 28, "private": 12}
KINDS = {"question": 60, "news": 20, "resource": 12, "call": 8}
CHUNK = 100  # communities in one transaction
LOT = 1000  # posts removed in one statement


def missing(total: int) -> int:
    return max(0, total - Community.objects.filter(status="published").count())


def made() -> Any:
    """Keys of those that populate made, oldest first."""
    return _steps().filter(note=MARK).order_by("object_id").values_list("object_id", flat=True)


def _steps() -> Any:
    return ReviewStep.objects.filter(content_type=ContentType.objects.get_for_model(Community))


@dataclass
class Village:
    """Who may be in a community, what it may be about, and what it may recommend."""

    shelf: Shelf = field(default_factory=Shelf)

    def __post_init__(self) -> None:
        people = User.objects.filter(email__endswith=f"@{HOST}", is_active=True)
        self.people = list(people.order_by("pk").values_list("pk", flat=True))
        published = Publication.objects.published().order_by("pk").values_list("pk", flat=True)
        self.records = chance.Skewed(list(published[:1000]))


@dataclass
class Lot:
    """The rows of some communities, each list one bulk_create."""

    communities: list[Community] = field(default_factory=list)
    links: dict[str, list[tuple[Community, int]]] = field(
        default_factory=lambda: {"topic": [], "country": [], "organisation": []}
    )
    members: list[Membership] = field(default_factory=list)
    shelves: list[tuple[Community, int]] = field(default_factory=list)
    threads: list[tuple[Community, Thread]] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    attached: list[tuple[Post, int]] = field(default_factory=list)
    translations: list[PostTranslation] = field(default_factory=list)


def make(count: int, seed: int) -> Iterator[int]:
    """Yields how many were made after each transaction. Nobody is in them unless there are members to be."""
    village, first = Village(), made().count()
    for start in range(first, first + count, CHUNK):
        lot = Lot()
        for number in range(start, min(start + CHUNK, first + count)):
            _add(lot, village, Random(f"communities {seed} {number}"), number)
        _write(lot)
        yield len(lot.communities)


def make_long(seed: int) -> bool:
    """Have the first open community hold a discussion of ten thousand posts. Whether it is new."""
    place = Community.objects.listed().filter(pk__in=made().values("object_id"), access="open").order_by("pk").first()
    if place is None or Thread.objects.at(place).filter(last_number__gte=LONG).exists():
        return False
    random, lot = Random(f"long {seed}"), Lot()
    people = list(Membership.objects.of(place).current().order_by("pk").values_list("user", flat=True))
    _add_thread(lot, Village(), random, place, people, (LONG, place.last_activity_at))
    lot.threads[0][1].title, lot.threads[0][1].kind = LONG_TITLE, Thread.Kind.QUESTION
    _write(lot)
    return True


def _add(lot: Lot, village: Village, random: Random, number: int) -> None:
    community = _community(village.shelf, random, number)
    lot.communities.append(community)
    topics = {topic.pk for topic in village.shelf.topics.draw(random, 2)}
    lot.links["topic"] += [(community, pk) for pk in sorted(topics)]
    lot.links["country"] += [(community, place.pk) for place in village.shelf.countries.draw(random, 1)]
    lot.links["organisation"] += [(community, pk) for pk in village.shelf.publishers.draw(random, 1)]
    lot.shelves += [(community, pk) for pk in sorted(set(village.records.draw(random, 3)))]
    # The first is the largest at every scale, so that it can be measured at each.
    size = 400 if number == 0 else 5 + min(400, int(random.expovariate(1 / 45)))
    people = random.sample(village.people, min(size, len(village.people)))
    community.owner_id = people[0] if people else None
    lot.members += [_member(community, pk, place) for place, pk in enumerate(people)]
    left = 150 if number == 0 else 3 + min(400, int(random.expovariate(1 / (POSTS - 3))))
    last = community.last_activity_at
    while left and people:
        posts = min(left, 1 + int(random.expovariate(1 / 4)))
        _add_thread(lot, village, random, community, people, (posts, last))
        left -= posts
        last = community.published_at + random.random() * (community.last_activity_at - community.published_at)  # type: ignore[operator]


def _community(shelf: Shelf, random: Random, number: int) -> Community:
    code = chance.of(random, SPOKEN) if number else "en"
    topic, place = shelf.topics.one(random), shelf.countries.one(random)
    name = shelf.words.title(random, code, getattr(topic, f"label_{code}"), getattr(place, f"name_{code}"))[:160]
    is_active = chance.is_one_of((number + 2) % OF, ACTIVE, OF)  # the first is one of them
    quiet_for = random.uniform(1, 80) if is_active else random.uniform(120, 700)
    last = timezone.now() - timedelta(days=quiet_for)
    return Community(
        slug=f"{slugify(name)[:90].strip('-')}-{number}",
        status=Community.Status.PUBLISHED,
        original_language=code,
        languages=[code],
        access="open" if number == 0 else chance.of(random, ACCESS),
        published_at=last - timedelta(days=random.uniform(200, 1500)),
        last_activity_at=last,
        view_count=min(int(random.paretovariate(1.1) * 12), 60_000),
        **{
            f"name_{code}": name,
            f"purpose_{code}": shelf.words.sentences(random, code, 3),
            f"about_{code}": shelf.words.sentences(random, code, 8),
        },
    )


def _member(community: Community, user: int, place: int) -> Membership:
    """The first runs it, the second helps."""
    role = {0: Membership.Role.ADMIN, 1: Membership.Role.FACILITATOR}.get(place, Membership.Role.MEMBER)
    at = community.published_at
    return Membership(
        community=community,
        user_id=user,
        role=role,
        state=Membership.State.IN,
        joined_at=at,
        conduct_at=at,
        conduct_version=conduct.version(),
    )


def _add_thread(
    lot: Lot, village: Village, random: Random, community: Community, people: list[int], size: tuple[int, datetime]
) -> None:
    """`size`: how many posts, and when the last of them was written."""
    (count, last), shelf = size, village.shelf
    code = community.original_language
    topic, place = shelf.topics.one(random), shelf.countries.one(random)
    gap = (last - community.published_at) / count  # type: ignore[operator]
    times = [last - gap * turn * random.random() for turn in range(count)]
    writers = chance.Skewed(people)
    thread = Thread(
        kind=chance.of(random, KINDS),
        title=shelf.words.title(random, code, getattr(topic, f"label_{code}"), getattr(place, f"name_{code}"))[:200],
        language=code,
    )
    posts = [
        _post(shelf, random, thread, number, (writers.one(random), at)) for number, at in enumerate(sorted(times), 1)
    ]
    for before, post in enumerate(posts[1:]):
        if random.random() < 0.15:
            answered = posts[random.randrange(max(0, before - 5), before + 1)]
            post.reply_to = answered.reply_to or answered
    _add_beside(lot, village, random, thread, posts)
    _count(thread, posts)
    lot.threads.append((community, thread))
    lot.posts += posts


def _add_beside(lot: Lot, village: Village, random: Random, thread: Thread, posts: list[Post]) -> None:
    """Every tenth names a record; most of those in another language are there in that of the discussion too."""
    for post in posts:
        if random.random() < 0.1:
            lot.attached += [(post, pk) for pk in village.records.draw(random, 1)]
        if post.language != thread.language and random.random() < 0.7:
            text = village.shelf.words.sentences(random, thread.language, random.randint(1, 6))
            made = PostTranslation(post=post, language=thread.language, text=text, html=to_html(text))
            made.by_id, made.at = post.author_id, post.created_at
            lot.translations.append(made)


def _post(shelf: Shelf, random: Random, thread: Thread, number: int, by: tuple[int, datetime]) -> Post:
    """Some sentences, now and then a list or a link."""
    author, at = by
    code = thread.language if random.random() < 0.9 else random.choice(LANGUAGES)
    text = shelf.words.sentences(random, code, random.randint(1, 6))
    if random.random() < 0.1:
        text += "".join(f"\n* {shelf.words.sentences(random, code, 1)}" for _turn in range(3))
    if random.random() < 0.1:
        text += f"\n\nhttps://example.org/{random.randrange(10_000)}"
    return Post(
        thread=thread,
        number=number,
        author_id=author,
        language=code,
        text=text,
        html=to_html(text),
        created_at=at,
    )


def _count(thread: Thread, posts: list[Post]) -> None:
    """What a thread knows of its posts."""
    first, last = posts[0], posts[-1]
    thread.author_id, thread.created_at = first.author_id, first.created_at
    thread.last_number = thread.shown_number = last.number
    thread.reply_count = last.number - 1
    thread.last_at, thread.last_by_id = last.created_at, last.author_id


@transaction.atomic
def _write(lot: Lot) -> None:
    _write_communities(lot)
    kind = ContentType.objects.get_for_model(Community)
    for community, thread in lot.threads:
        thread.content_type, thread.object_id = kind, community.pk
    Thread.objects.bulk_create(thread for _community, thread in lot.threads)
    answers = [(post, post.reply_to) for post in lot.posts if post.reply_to]
    for post in lot.posts:
        post.thread_id, post.reply_to = post.thread.pk, None
    Post.objects.bulk_create(lot.posts, batch_size=2000)
    for post, answered in answers:
        post.reply_to = answered
    Post.objects.bulk_update([post for post, _answered in answers], ["reply_to"], batch_size=500)
    _write_beside(lot)
    read_to: dict[tuple[int, int], int] = {}
    for post in lot.posts:
        read_to[post.thread_id, post.author_id] = post.number
    Reading.objects.bulk_create(
        Reading(thread_id=thread, user_id=user, read_to=number, wish=Reading.Wish.FOLLOW)
        for (thread, user), number in read_to.items()
    )
    _note_standing({post.author_id for post in lot.posts})


def _write_beside(lot: Lot) -> None:
    kind = ContentType.objects.get_for_model(Publication)
    Attachment.objects.bulk_create(
        Attachment(post_id=post.pk, content_type=kind, object_id=pk) for post, pk in lot.attached
    )
    for one in lot.translations:
        one.post_id = one.post.pk
    PostTranslation.objects.bulk_create(lot.translations)


def _write_communities(lot: Lot) -> None:
    Community.objects.bulk_create(lot.communities)
    for name, links in (
        ("topic", Community.topics.through),
        ("country", Community.countries.through),
        ("organisation", Community.organisations.through),
    ):
        links._default_manager.bulk_create(
            links(community_id=community.pk, **{f"{name}_id": pk}) for community, pk in lot.links[name]
        )
    for member in lot.members:
        member.community_id = member.community.pk
    Membership.objects.bulk_create(lot.members)
    publication = ContentType.objects.get_for_model(Publication)
    ShelfItem.objects.bulk_create(
        ShelfItem(community_id=community.pk, content_type=publication, object_id=pk, at=community.last_activity_at)
        for community, pk in lot.shelves
    )
    kind = ContentType.objects.get_for_model(Community)
    ReviewStep.objects.bulk_create(
        ReviewStep(content_type=kind, object_id=row.pk, kind="published", status=row.status, note=MARK)
        for row in lot.communities
    )


def _note_standing(authors: set[int]) -> None:
    """How far their posts are trusted: all of them were shown."""
    shown = Post.objects.shown().filter(author__in=authors).order_by().values("author").annotate(number=Count("pk"))
    Standing.objects.bulk_create(
        [Standing(user_id=row["author"], accepted=row["number"]) for row in shown],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["accepted"],
    )


def clear() -> int:
    """Removes them and all that hangs on them; says how many."""
    gone = 0
    while keys := list(made()[:CHUNK]):
        with transaction.atomic():
            threads = Thread.objects.at_any(Community, keys)
            pks = list(threads.values_list("pk", flat=True))
            posts = list(Post.objects.filter(thread__in=pks).values_list("pk", flat=True))
            for start in range(0, len(posts), LOT):
                delete_some(Post, posts[start : start + LOT])
            threads.delete()
            Community.objects.filter(pk__in=keys).delete()
            ReviewStep.objects.filter(
                content_type=ContentType.objects.get_for_model(Community), object_id__in=keys
            ).delete()
        gone += len(keys)
    return gone
