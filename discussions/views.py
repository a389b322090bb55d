"""Discussions of all places on one page, and their permanent address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content import addresses, feeds
from content.caching import public_page
from discussions import pages, serialise
from discussions.models import Thread

if TYPE_CHECKING:
    from content.paging import Slice

FEED = 20  # newest discussions in the feed


@public_page("community", "post", "discussion")
def list_(request: HttpRequest) -> HttpResponse:
    """The newest of all places that everybody may read; for members with those of their own places."""
    user = request.user
    rows = Thread.objects.listed_for(user) if user.is_authenticated else Thread.objects.published()
    narrowed = pages.narrow(request, rows).order_by("-last_at", "-pk").with_card_data()
    found = pages.page_of(request, narrowed, user)
    if request.GET.get("format") == "json":
        return _as_data(request, found)
    context = {"threads": found, "path": request.path, **pages.chosen(request)}
    return render(request, "discussions/list.html", context)


def _as_data(request: HttpRequest, found: Slice) -> HttpResponse:
    results = [serialise.as_row(thread, base=addresses.base(request)) for thread in found.rows]
    return JsonResponse({"count": found.count, "results": results}, json_dumps_params={"ensure_ascii": False})


@public_page("community", "post", "discussion")
def feed(request: HttpRequest) -> HttpResponse:
    """The newest that everybody may read, whoever asks."""
    base = addresses.base(request)
    threads = pages.narrow(request, Thread.objects.published()).order_by("-last_at", "-pk").with_card_data()[:FEED]
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    about = feeds.Feed(
        title=f"{_('Discussions')} - {settings.PORTAL_NAME}",
        author=str(settings.PORTAL_NAME),
        self_url=f"{base}{request.path}{query}",
        page_url=f"{base}{request.path.removesuffix('feed/')}{query}",
    )
    return feeds.answer(request, about, [serialise.entry(thread, base) for thread in threads])


@require_safe
def detail(request: HttpRequest, address: str) -> HttpResponse:
    """An address by the number alone, which stays wherever the discussion is moved to."""
    key = addresses.key_in(address.partition("-")[0])
    if key is None:
        raise Http404
    return redirect(get_object_or_404(Thread.objects.visible_to(request.user), pk=key))
