"""Discussions of a community: who may enter is asked here, what stands there is `discussions.pages`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.doors import Door, inside, members_only
from communities.halls import hall_of
from content.caching import EVERY_TYPE, public_page
from discussions import pages, tool_pages, writing_pages
from discussions.unsent import keeps_typed

FORM = ["GET", "HEAD", "POST"]
# What a page of a thread shows: who wrote, and the records that posts name.
SHOWN = (EVERY_TYPE, "member")


# ---------- Reading ----------


@public_page(*SHOWN)
@inside
def thread(request: HttpRequest, door: Door, address: str) -> HttpResponse:
    return pages.thread(request, hall_of(door), address)


@never_cache
@require_safe
@inside
def history(request: HttpRequest, door: Door, address: str, pk: int) -> HttpResponse:
    return pages.history(request, hall_of(door), address, pk)


# ---------- Writing ----------


@keeps_typed
@never_cache
@require_http_methods(FORM)
@members_only
def start(request: HttpRequest, door: Door) -> HttpResponse:
    return writing_pages.start(request, hall_of(door))


@keeps_typed
@never_cache
@require_http_methods(FORM)
@members_only
def reply(request: HttpRequest, door: Door, address: str) -> HttpResponse:
    return writing_pages.reply(request, hall_of(door), address)


@keeps_typed
@never_cache
@require_http_methods(FORM)
@members_only
def edit(request: HttpRequest, door: Door, address: str, pk: int) -> HttpResponse:
    return writing_pages.edit(request, hall_of(door), address, pk)


@keeps_typed
@never_cache
@require_http_methods(FORM)
@members_only
def translate(request: HttpRequest, door: Door, address: str, pk: int) -> HttpResponse:
    return writing_pages.translate(request, hall_of(door), address, pk)


@never_cache
@require_POST
@members_only
def remove_translation(request: HttpRequest, door: Door, address: str, pk: int) -> HttpResponse:
    return writing_pages.remove_translation(request, hall_of(door), address, pk)


# ---------- By one press, or with one word ----------


@never_cache
@require_POST
@members_only
def wish(request: HttpRequest, door: Door, address: str) -> HttpResponse:
    return tool_pages.wish(request, hall_of(door), address)


@never_cache
@require_POST
@members_only
def read_all(request: HttpRequest, door: Door) -> HttpResponse:
    return tool_pages.read_all(request, hall_of(door))


@never_cache
@require_POST
@members_only
def answer(request: HttpRequest, door: Door, address: str) -> HttpResponse:
    return tool_pages.answer(request, hall_of(door), address)


@never_cache
@require_POST
@members_only
def pin(request: HttpRequest, door: Door, address: str) -> HttpResponse:
    return tool_pages.pin(request, hall_of(door), address)


@never_cache
@require_POST
@members_only
def reopen(request: HttpRequest, door: Door, address: str) -> HttpResponse:
    return tool_pages.reopen(request, hall_of(door), address)


@never_cache
@require_http_methods(FORM)
@members_only
def lock(request: HttpRequest, door: Door, address: str) -> HttpResponse:
    return tool_pages.lock(request, hall_of(door), address)


@never_cache
@require_http_methods(FORM)
@members_only
def retitle(request: HttpRequest, door: Door, address: str) -> HttpResponse:
    return tool_pages.retitle(request, hall_of(door), address)


@never_cache
@require_http_methods(FORM)
@members_only
def move(request: HttpRequest, door: Door, address: str) -> HttpResponse:
    return tool_pages.move(request, hall_of(door), address)
