"""The pages of communities that everybody may know of."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.doors import Door, front
from communities.halls import hall_of
from discussions import pages


@require_safe
@front
def detail(request: HttpRequest, door: Door) -> HttpResponse:
    """What is discussed, for whoever may read it; for others what the community is for, and the way in."""
    hall = hall_of(door)
    if door.is_inside:
        return pages.threads(request, hall)
    return render(request, "communities/front.html", {**hall.context, "frame": hall.frame})
