"""Pages of discussions for reading, drawn inside the hall of the place where they hang."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from content.addresses import key_in
from content.paging import Slice, pager_of, slice_of
from discussions import permissions, places, reading, showing, unsent
from discussions.forms import PostForm, Show
from discussions.models import PAGE_SIZE, Post, Thread
from discussions.refusals import why_closed, why_not_here

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from discussions.hall import Hall
    from members.models import User

THREADS = 20  # on a page
LONGEST_WORDS = 80


# ---------- Lists ----------


def threads(request: HttpRequest, hall: Hall) -> HttpResponse:
    """The discussions of a place, pinned ones first, then by their newest reply."""
    rows = Thread.objects.at(hall.place).listed_for(hall.user)
    now = chosen(request)
    narrowed = narrow(request, rows).order_by("-is_pinned", "-last_at")
    numbers = rows.numbers_for(hall.user)
    found = page_of(request, narrowed, hall.user, None if now["show"] or now["words"] else numbers["all"])
    for row in found.rows:
        row.record = hall.place
    context = {"threads": found, "unread": numbers["unread"], "path": request.path, **now}
    return render(request, "discussions/threads.html", context_of(hall, **context))


def narrow(request: HttpRequest, rows: QuerySet[Thread]) -> QuerySet[Thread]:
    """By ?kind= and ?q=, as far as they can be read."""
    now = chosen(request)
    return rows.of_kind(now["show"]).saying(now["words"])  # type: ignore[attr-defined]


def chosen(request: HttpRequest) -> dict:
    asked = request.GET.get("kind", "")
    show = asked if asked in Show.values else ""
    words = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_WORDS]
    return {"show": show, "words": words, "shows": Show.choices, "reader_language": get_language()}


def page_of(
    request: HttpRequest, rows: QuerySet[Thread], user: User | AnonymousUser, count: int | None = None
) -> Slice:
    read = rows.with_reading(user).select_related("author", "last_by")  # type: ignore[attr-defined]
    return slice_of(request, read, THREADS, count=count)


# ---------- One discussion ----------


def thread(request: HttpRequest, hall: Hall, address: str) -> HttpResponse:
    """A page of a thread: always the same twenty numbers. Members' marks move on as they read."""
    found = thread_at(hall, address)
    is_here = places.stands_at(found, hall.place)
    if found.address != address or not is_here:
        return redirect(found, permanent=is_here)  # a thread that was moved may be moved back
    number = max(1, min(found.last_page, key_in(request.GET.get("page", "")) or 1))
    if found.state == Post.State.REMOVED and not (hall.can_moderate or found.author_id == hall.user.pk):
        first = found.posts.filter(number=1).first()
        return render(request, "discussions/gone.html", of_thread(hall, found, post=first), status=410)
    posts = showing.show(found.posts.page(number, PAGE_SIZE).in_order(), found, hall)
    _note_reading(request, hall, found, number)
    pager = pager_of(number, found.last_page, lambda n: f"{request.path}?page={n}" if n > 1 else request.path)
    context = {"posts": posts, "pager": pager, "page_number": number, **_beside(hall, found)}
    return render(request, "discussions/thread.html", of_thread(hall, found, **context))


def _note_reading(request: HttpRequest, hall: Hall, found: Thread, page: int) -> None:
    seen = min(page * PAGE_SIZE, found.last_number)
    if request.method == "GET" and hall.user.is_authenticated and seen > found.read_to:
        reading.mark_read(by=hall.user, thread=found, number=seen)


def _beside(hall: Hall, found: Thread) -> dict:
    """Whether the reader can answer, why not, and what they began to write."""
    closed = why_closed(found)
    refused = why_not_here(hall.user, hall.place) if found.is_paused else ""
    typed = unsent.kept(by=hall.user, place=hall.place, thread=found) if found.has_unsent else None
    may_answer = hall.can_write and not closed and not refused
    return {
        "closed": closed,
        "refused": refused,
        "unsent": typed,
        "form": PostForm(initial=typed.data if typed else None) if may_answer else None,
        "may_mark": permissions.can_mark_answer(hall.user, found, moderates=hall.can_moderate),
        "answer": _answer(found),
    }


def _answer(found: Thread) -> Post | None:
    """What answers the question, where everybody may read it."""
    answer: Post | None = found.answer
    if answer is None or not answer.is_shown:
        return None
    answer.thread = found
    return answer


def history(request: HttpRequest, hall: Hall, address: str, pk: int) -> HttpResponse:
    """What a post said before, each with who changed it and when; what was hidden then is for author and moderators."""
    post = post_at(hall, address, pk)
    edits = post.edits.select_related("by")
    if not showing.may_see_all(hall, post):
        edits = edits.filter(was_shown=True)
    changes, after = [], (post.text, post.language)
    for edit in edits:
        changes.append((edit, *after))
        after = (edit.text, edit.language)
    return render(request, "discussions/history.html", of_thread(hall, post.thread, post=post, changes=changes))


# ---------- Finding what an address leads to ----------


def thread_at(hall: Hall, address: str) -> Thread:
    """The thread that an address (`12-what-is-it-called`) leads to, also one that was moved. Raises Http404."""
    key = key_in(address.partition("-")[0])
    if key is None:
        raise Http404
    rows = Thread.objects.visible_to(hall.user).with_reading(hall.user).with_standing(hall.user)
    found: Thread = get_object_or_404(rows.select_related("author", "answer__author"), pk=key)
    if places.stands_at(found, hall.place):
        found.record = hall.place  # known already: its address asks for it
    return found


def post_at(hall: Hall, address: str, pk: int) -> Post:
    """A post whose words the reader may see, of the thread that stands here. Raises Http404."""
    found = thread_at(hall, address)
    if not places.stands_at(found, hall.place):
        raise Http404
    post: Post = get_object_or_404(Post.objects.visible_to(hall.user).select_related("author"), pk=pk, thread=found)
    post.thread = found
    return post


def context_of(hall: Hall, **more: object) -> dict[str, object]:
    place = places.of(hall.place)
    return {
        **hall.context,
        "frame": hall.frame,
        "hall": hall,
        "place_name": place.name_of(hall.place),
        "place_path": place.path_of(hall.place),
        **more,
    }


def of_thread(hall: Hall, found: Thread, **more: object) -> dict[str, object]:
    """`here`: the path below which stands whatever can be done with the thread."""
    return context_of(hall, thread=found, here=found.get_absolute_url(), **more)
