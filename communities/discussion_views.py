"""Discussions of a community: who may enter is asked here, what stands there is `discussions.pages`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from communities.doors import Door, inside
from communities.halls import hall_of
from discussions import pages


@require_safe
@inside
def thread(request: HttpRequest, door: Door, address: str) -> HttpResponse:
    return pages.thread(request, hall_of(door), address)
