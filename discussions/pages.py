"""Pages of discussions, drawn inside the hall of the place where they hang."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from content.addresses import key_in
from content.paging import pager_of, slice_of
from discussions.models import PAGE_SIZE, Thread

if TYPE_CHECKING:
    from discussions.hall import Hall

THREADS = 20  # on a page


def threads(request: HttpRequest, hall: Hall) -> HttpResponse:
    """The discussions of a place, pinned ones first, then by their newest reply."""
    rows = Thread.objects.at(hall.place).listed_for(hall.user).select_related("author", "last_by")
    shown = slice_of(request, rows.order_by("-is_pinned", "-last_at"), THREADS)
    return render(request, "discussions/threads.html", _context(hall, threads=shown))


def thread(request: HttpRequest, hall: Hall, address: str) -> HttpResponse:
    found = thread_at(hall, address)
    if found.address != address:
        return redirect(found, permanent=True)
    number = max(1, min(found.last_page, key_in(request.GET.get("page", "")) or 1))
    posts = found.posts.page(number, PAGE_SIZE).in_order().select_related("author", "reply_to")
    pager = pager_of(number, found.last_page, lambda n: f"{request.path}?page={n}" if n > 1 else request.path)
    return render(request, "discussions/thread.html", _context(hall, thread=found, posts=posts, pager=pager))


def thread_at(hall: Hall, address: str) -> Thread:
    """The thread that an address (`12-what-is-it-called`) leads to. Raises Http404."""
    key = key_in(address.partition("-")[0])
    if key is None:
        raise Http404
    rows = Thread.objects.at(hall.place).visible_to(hall.user).select_related("author", "answer")
    found: Thread = get_object_or_404(rows, pk=key)
    found.record = hall.place  # known already: its address asks for it
    return found


def _context(hall: Hall, **more: object) -> dict[str, object]:
    return {**hall.context, "frame": hall.frame, "hall": hall, **more}
