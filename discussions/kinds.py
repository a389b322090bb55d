"""What discussions sign up with the letters: their kinds, what is told of, why, and how one discussion is stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from content.translations import Words
from discussions import notices, places, reading
from discussions.models import Post, Reading, Thread
from discussions.showing import person_of
from notifications import following, kinds, matters, unsubscribing
from notifications.kinds import ANY, Frequency, Kind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from members.models import User

DAILY, WEEKLY = Frequency.DAILY, Frequency.WEEKLY


def sign_up() -> None:
    kinds.register(
        _kind(notices.MENTION, _("A member mentions me in a discussion"), 25, why=_("you are mentioned")),
        _kind(notices.REPLY, _("A member answers me in a discussion"), 26, why=_("you are answered")),
        _kind(notices.THREAD, _("New in discussions I follow"), 27, default=DAILY),
        _kind(
            notices.NEW_THREAD,
            _("New discussions in my communities"),
            28,
            default=WEEKLY,
            why=_("new in a community of yours"),
        ),
    )
    matters.register(matters.Matter("post", Post, _("My communities"), _posts, notices.told_to, _said))
    following.explain(following.Reason("thread", Thread.objects.visible_to, lambda thread: thread.title))
    unsubscribing.register(
        unsubscribing.Target(
            "thread",
            _("Stop this discussion"),
            _("You hear nothing of it, even when somebody mentions you."),
            _name_of,
            _mute,
            _restore,
        )
    )


def _kind(key: str, label: Any, position: int, **more: Any) -> Kind:
    return Kind(key, label, ANY, position=position, still_news=notices.still_news, **more)


def _posts(user: User | AnonymousUser) -> QuerySet[Post]:
    return Post.objects.visible_to(user).select_related("thread", "author").prefetch_related("thread__record")


def _said(post: Post) -> matters.Said:
    thread = post.thread
    return matters.Said(
        title=Words(thread.title, thread.language, thread.language != get_language()),
        path=post.get_absolute_url(),
        item=f"thread:{thread.pk}",
        where=places.of_thread(thread).name_of(thread.record),
        by=person_of(post.author).name,
    )


# ---------- Stopping one ----------


def _name_of(user: User, pk: int) -> str:
    """Whoever holds the letter may be somebody else by now, and its reader shut out."""
    thread = Thread.objects.visible_to(user).filter(pk=pk).first()
    return gettext("the discussion “%(title)s”") % {"title": thread.title} if thread else gettext("this discussion")


def _mute(user: User, pk: int) -> str | None:
    thread = Thread.objects.filter(pk=pk).first()
    if thread is None:
        return None
    before = Reading.objects.filter(user=user, thread=thread).values_list("wish", flat=True).first() or ""
    if before == Reading.Wish.MUTE:
        return None
    reading.wish(by=user, thread=thread, wish=Reading.Wish.MUTE)
    return before


def _restore(user: User, pk: int, before: str) -> None:
    if thread := Thread.objects.filter(pk=pk).first():
        reading.wish(by=user, thread=thread, wish=before)
