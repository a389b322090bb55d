"""The pages of communities that everybody may know of."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from communities import feeds, running
from communities.doors import Door, front
from communities.halls import frame_of, hall_of
from communities.lists import COMMUNITIES
from communities.models import Community
from communities.numbers import KIND, LIFE
from content import addresses
from content.caching import EVERY_TYPE, public_page, tell
from content.pages import gone
from discussions import pages
from search.feeds import answer_feed
from search.listing import Listing, answer, answer_values


@public_page(KIND, LIFE)
def list_(request: HttpRequest) -> HttpResponse:
    return answer(request, Listing(request, COMMUNITIES), "communities/list.html")


@public_page(KIND, LIFE)
def facet(request: HttpRequest, facet: str) -> HttpResponse:
    return answer_values(request, COMMUNITIES, facet, "components/all_values.html")


@public_page(KIND)
def feed(request: HttpRequest) -> HttpResponse:
    return answer_feed(request, COMMUNITIES, feeds.entry)


@public_page(EVERY_TYPE, LIFE)
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What is discussed, for whoever may read it; for others what the community is for, and the way in."""
    community = get_object_or_404(Community.objects.reachable_by(request.user), slug=slug)
    if community.status == Community.Status.WITHDRAWN:
        return gone(request, community, title="name")
    door = Door(community, request.user)
    hall = hall_of(door)
    if door.is_inside:
        response = pages.threads(request, hall)
    else:
        response = render(request, "communities/front.html", {**hall.context, "tab": "about", **running.shown(door)})
    if community.is_listed:
        tell(response, viewed=(KIND, community.pk))
    return response


@public_page(EVERY_TYPE, LIFE, "member")
@front
def about(request: HttpRequest, door: Door) -> HttpResponse:
    permanent = addresses.permanent(door.community) if door.community.is_listed else ""
    context = {**frame_of(door, "about"), **running.shown(door), "permanent_path": permanent}
    return render(request, "communities/about.html", context)
