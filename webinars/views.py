"""The pages of webinars and series that everybody may know of."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from content import addresses, calendars, videos
from content.caching import EVERY_TYPE, public_page, tell
from content.pages import gone
from content.paging import slice_of
from content.terms import attach_terms
from content.translations import words
from search.feeds import answer_feed
from search.listing import Listing, answer_values
from search.listing import answer as answer_listing
from webinars import feeds, playing, serialise, showing, streams
from webinars.asking import ASKED
from webinars.attendance.plays import PRESSED
from webinars.cards import by_time, cards_of
from webinars.lists import KIND, WEBINARS
from webinars.models import Series, Webinar
from webinars.permissions import can_edit, can_plan
from webinars.places import PEOPLE

BACK = timedelta(days=90)  # how far a calendar of everything reaches into the past


@public_page(KIND, "organisation", "community")
def list_(request: HttpRequest) -> HttpResponse:
    listing = Listing(request, WEBINARS)
    is_front = not listing.selection.is_filtered and not listing.selection.text and listing.selection.page == 1
    coming = Webinar.objects.published().upcoming()
    response = answer_listing(
        request,
        listing,
        "webinars/list.html",
        coming=cards_of(coming.for_cards()[:2]) if is_front else [],
        has_series=Series.objects.public().exists(),
    )
    tell(response, changes_at=min(filter(None, (one.changes_at for one in coming[:2])), default=None))
    return response


@public_page(KIND, "organisation", "community")
def facet(request: HttpRequest, facet: str) -> HttpResponse:
    return answer_values(request, WEBINARS, facet, "components/all_values.html")


@public_page(KIND, "organisation", "community")
def feed(request: HttpRequest) -> HttpResponse:
    return answer_feed(request, WEBINARS, feeds.entry)


@public_page(KIND, "community")
def calendar(request: HttpRequest) -> HttpResponse:
    """Every webinar that everybody may know of, from three months ago on."""
    found = Webinar.objects.published().filter(starts_at__gt=timezone.now() - BACK).select_related("series")
    name = _("Webinars of %(portal)s") % {"portal": settings.PORTAL_NAME}
    return _calendar(request, found.order_by("starts_at", "pk"), name, "webinars.ics")


@public_page(EVERY_TYPE, PEOPLE, ASKED, "member")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    webinar = get_object_or_404(Webinar.objects.reachable_by(request.user).with_detail_data(), slug=slug)
    if webinar.status == Webinar.Status.WITHDRAWN:
        return gone(request, webinar, title="title")
    attach_terms(webinar)
    if request.GET.get("format") == "json":
        return JsonResponse(serialise.as_data(webinar, base=addresses.base(request)))
    outcomes, air = playing.outcomes(webinar, request.GET), streams.of(webinar, request.GET)
    context = showing.page(webinar, request.user) | outcomes | {"air": air}
    response = render(request, "webinars/detail.html", context)
    tell(response, changes_at=webinar.changes_at)
    if webinar.is_listed:
        tell(response, viewed=(KIND, webinar.pk))
    if outcomes["playing"] and not can_edit(request.user, webinar):
        tell(response, pressed=(PRESSED, outcomes["playing"].row.pk))
    return videos.let_in(response, air.player or outcomes["player"])


@public_page(KIND, "community")
def one_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    webinar = get_object_or_404(Webinar.objects.visible_to(request.user).select_related("series"), slug=slug)
    return _calendar(request, [webinar], "", f"{webinar.slug}.ics")


# ---------- Series ----------


@public_page(KIND, "community")
def all_series(request: HttpRequest) -> HttpResponse:
    found = Series.objects.visible_to(request.user).order_by("-updated_at", "-pk")
    page = slice_of(request, found)
    rows = showing.series_rows(page.rows, request.user)
    response = render(request, "webinars/all_series.html", {"rows": rows, "pager": page.pager})
    tell(response, changes_at=showing.next_change(Webinar.objects.shown_to(request.user)))
    return response


@public_page(KIND, "organisation", "community", "post")
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """What is ahead, then what was, the latest first."""
    found = get_object_or_404(Series.objects.visible_to(request.user).prefetch_related("organisations"), slug=slug)
    webinars = Webinar.objects.shown_to(request.user).filter(series=found).for_cards()
    past = slice_of(request, webinars.past())
    context = {
        "series": found,
        **by_time(webinars.upcoming()[:20], past.rows),
        "count": past.count,
        "pager": past.pager,
        "posts": showing.summaries_of(found, request.user),
        "can_plan": can_plan(request.user, found),
    }
    response = render(request, "webinars/series.html", context)
    tell(response, changes_at=showing.next_change(webinars))
    return response


@public_page(KIND, "community")
def series_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Series.objects.visible_to(request.user), slug=slug)
    return _calendar(request, showing.calendar_of(found, request.user), words(found, "title").text, f"{found.slug}.ics")


def _calendar(request: HttpRequest, webinars: object, name: str, filename: str) -> HttpResponse:
    base = addresses.base(request)
    events = [feeds.event(one, base) for one in webinars]  # type: ignore[attr-defined]
    return calendars.answer(request, events, name=name, filename=filename)
