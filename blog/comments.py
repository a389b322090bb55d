"""Comments on posts are discussions, moderated by the editors in the name of the whole blog.

A post that is published has a discussion of its own, unless it was given one of a community. Whoever is paused or
banned from the blog's comments is so under every post.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import Blog, BlogAuthor, BlogPost
from content import caching, services
from content.text import one_line
from content.translations import words
from discussions import places
from discussions.models import Post, Thread
from discussions.services import open_comments
from members.models import User
from members.permissions import is_editor, is_member
from moderation import registry
from moderation.models import Sanction
from people.models import Block, Profile
from search import services as search

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from content.models import Entry

    Anybody = User | AnonymousUser

KEY = "blog"


def the_blog() -> Blog:
    """The one row in whose name comments are moderated; a migration made it."""
    return Blog.objects.first() or Blog.objects.create(pk=1)


# ---------- Who does what ----------


def read_by(user: Anybody) -> models.QuerySet[BlogPost]:
    """What is said about a post is as public as the post."""
    return BlogPost.objects.published()


def run_by(user: Anybody) -> models.QuerySet[BlogPost]:
    return BlogPost.objects.published() if is_editor(user) else BlogPost.objects.none()


def may_write(user: Anybody, post: BlogPost) -> bool:
    return bool(is_member(user)) and post.is_published and not is_shut_out(user)


def is_shut_out(user: Anybody) -> bool:
    """Paused, or banned, from the comments of the blog."""
    kind = ContentType.objects.get_for_model(Blog)
    held = Sanction.objects.in_force().filter(user=user.pk, scope_type=kind)
    return held.filter(kind__in=[Sanction.Kind.PAUSE, Sanction.Kind.BAN]).exists()


def readers(post: BlogPost) -> models.QuerySet[User]:
    """Who is told of comments, and can be called in one: those who wrote the post, and those who commented."""
    here = ContentType.objects.get_for_model(BlogPost)
    wrote = BlogAuthor.objects.filter(post=post, user=OuterRef("pk"))
    said = Post.objects.shown().filter(
        thread__content_type=here, thread__object_id=post.pk, thread__is_comments=True, author=OuterRef("pk")
    )
    return User.objects.filter(Exists(wrote) | Exists(said), is_active=True)


def find_people(post: BlogPost, handles: Collection[str]) -> dict[str, User]:
    found = Profile.objects.filter(handle__in=handles, user__in=readers(post)).select_related("user")
    return {profile.handle: profile.user for profile in found}


def pages_of(people: places.People, reader: Anybody) -> places.PagesOf:
    """In one query, however many a page names."""
    named = models.Q(user__in=people.users) | models.Q(handle__in=people.handles)
    found = list(Profile.objects.visible_to(reader).filter(named).only("user_id", "handle"))
    return places.PagesOf(
        users={profile.user_id: profile.get_absolute_url() for profile in found},
        handles={profile.handle: profile.get_absolute_url() for profile in found},
    )


def apart(people: Collection[int]) -> set[tuple[int, int]]:
    """Who blocked one of them and whom they blocked, whichever way."""
    blocks = Block.objects.filter(models.Q(blocker__in=people) | models.Q(blocked__in=people))
    return {pair for one, other in blocks.values_list("blocker", "blocked") for pair in ((one, other), (other, one))}


def path_of_thread(thread: Thread) -> str:
    post: Any = thread.record
    return reverse("blog:thread", args=[post.slug, thread.address])


def name_of(post: BlogPost) -> str:
    return words(post, "title").text


# ---------- When a post becomes public, and when it changes ----------


def open_for(record: Entry) -> None:
    """Heard when a record becomes public: a post that has no discussion yet gets one."""
    if not isinstance(record, BlogPost) or BlogPost.objects.filter(pk=record.pk, thread__isnull=False).exists():
        return
    first = record.authors.filter(user__isnull=False).select_related("user").first()
    record.thread = open_comments(
        place=record,
        title=getattr(record, f"title_{record.original_language}"),
        language=record.original_language,
        author=first.user if first else None,
    )
    record.save(update_fields=["thread"])


def keep_title(post: BlogPost) -> None:
    """Its own discussion is called like it."""
    if post.thread_id is None:
        return
    title = one_line(getattr(post, f"title_{post.original_language}") or "", 200)
    said = {"title": title, "language": post.original_language}
    own = Thread.objects.filter(pk=post.thread_id, is_comments=True).exclude(**said)
    if title and own.update(**said):
        search.note_changes("discussion", [post.thread_id])
        caching.bump("discussion")


def sign_up() -> None:
    places.register(
        places.Place(
            key="post",
            model=BlogPost,
            read_by=read_by,
            run_by=run_by,
            may_write=may_write,
            path_of=lambda post: post.get_absolute_url(),
            path_of_thread=path_of_thread,
            name_of=name_of,
            readers=readers,
            touched=lambda post: caching.bump("post"),
            find_people=find_people,
            pages_of=pages_of,
            apart=apart,
            scope_of=lambda post: the_blog(),
            takes_threads=False,
        )
    )
    registry.register_scope(
        registry.Scope(
            key=KEY,
            label=gettext_lazy("Blog"),
            model=Blog,
            run_by=lambda user: Blog.objects.all() if is_editor(user) else Blog.objects.none(),
            moderators=lambda blog: User.objects.filter(is_staff=True, is_active=True),
            name_of=lambda blog: _("Comments on the blog"),
            url_of=lambda blog: reverse("blog:list"),
            shut_out=lambda *, scope, user, by: caching.bump("post"),  # `may_write` reads the sanction itself
            let_in=lambda *, scope, user, by: caching.bump("post"),
        )
    )
    services.when_published.append(open_for)
