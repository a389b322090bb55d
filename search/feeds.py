"""The Atom feed of a list: the same filters, the newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from content import addresses, feeds
from search.listing import Listing, ListSpec

if TYPE_CHECKING:
    from content.feeds import FeedEntry


def answer_feed(request: HttpRequest, spec: ListSpec, describe: Callable[[Any, str], FeedEntry]) -> HttpResponse:
    """`describe` makes the entry of one record; it gets the record and the base of its addresses."""
    base = addresses.base(request)
    params = request.GET.copy()
    params["sort"] = "newest"
    request.GET = params
    listing = Listing(request, spec)
    list_path = request.path.removesuffix("feed/")
    selection = replace(listing.selection, sort="")
    chips = " · ".join(str(chip.label) for chip in listing.chips)
    title = " · ".join(filter(None, [str(spec.heading), listing.selection.text, chips]))
    feed = feeds.Feed(
        title=f"{title} - {settings.PORTAL_NAME}",
        author=str(settings.PORTAL_NAME),
        self_url=base + selection.address(request.path),
        page_url=base + selection.address(list_path),
        next_url=base + replace(selection, page=selection.page + 1).address(request.path) if listing.pager.next else "",
    )
    return feeds.answer(request, feed, [describe(record, base) for record in listing.records])
