"""Discussions of a community: who may enter is asked here, what stands there is `discussions.pages`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.doors import Door, inside, members_only
from communities.halls import hall_of
from content.caching import public_page
from discussions import pages, tool_pages, writing_pages
from discussions.unsent import keeps_typed

Page = Callable[..., HttpResponse]
FORM = require_http_methods(["GET", "HEAD", "POST"])
# What a page of a thread shows: who wrote, and the records that posts name.
SHOWN = ("community", "discussion", "member", "publication", "organisation")


def _in_hall(page: Page) -> Page:
    def shown(request: HttpRequest, door: Door, *args: object, **kwargs: object) -> HttpResponse:
        return page(request, hall_of(door), *args, **kwargs)

    return shown


def _deed(page: Page) -> Page:
    """What members do by one press."""
    return never_cache(require_POST(members_only(_in_hall(page))))


def _form(page: Page) -> Page:
    """A form of members."""
    return never_cache(FORM(members_only(_in_hall(page))))


@public_page(*SHOWN)
@inside
def thread(request: HttpRequest, door: Door, address: str) -> HttpResponse:
    return pages.thread(request, hall_of(door), address)


history = require_safe(never_cache(inside(_in_hall(pages.history))))
start = keeps_typed(_form(writing_pages.start))
reply = keeps_typed(_form(writing_pages.reply))
edit = keeps_typed(_form(writing_pages.edit))
translate = keeps_typed(_form(writing_pages.translate))
remove_translation = _deed(writing_pages.remove_translation)
wish = _deed(tool_pages.wish)
read_all = _deed(tool_pages.read_all)
answer = _deed(tool_pages.answer)
pin = _deed(tool_pages.pin)
reopen = _deed(tool_pages.reopen)
lock = _form(tool_pages.lock)
retitle = _form(tool_pages.retitle)
move = _form(tool_pages.move)
