"""The calendar, and the pages of what stands in it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from agenda import calendar, feeds, programme, serialise, showing
from agenda.lists import KEY
from agenda.models import Event
from communities import shelf_services
from content import addresses, calendars, translations, videos
from content import feeds as atom
from content.caching import EVERY_TYPE, public_page, tell
from content.pages import gone
from content.paging import slice_of

FEED = 20
# Types that may stand in the calendar: webinars sign up from a floor above.
SHOWN = (KEY, "webinar", "organisation", "community")


@public_page(*SHOWN)
def list_(request: HttpRequest) -> HttpResponse:
    return _calendar(request, calendar.Narrowing.read(request.GET), "agenda/list.html")


@public_page(*SHOWN)
def livestreams(request: HttpRequest) -> HttpResponse:
    return _calendar(request, calendar.Narrowing(kinds=("livestream",)), "agenda/livestreams.html", fixed=True)


def _calendar(
    request: HttpRequest, narrowing: calendar.Narrowing, template: str, *, fixed: bool = False
) -> HttpResponse:
    past = bool(request.GET.get("past"))
    entries = calendar.Entries(narrowing, past)
    page = slice_of(request, entries)  # type: ignore[arg-type]
    if request.GET.get("format") == "json":
        return _as_data(request, page.rows, page.count)
    context = {
        "page": page,
        "cards": calendar.cards_of(page.rows),
        "past": past,
        "filters": None if fixed else showing.filters(request, narrowing, past),
        "other": None if page.count else calendar.Entries(narrowing, not past).count(),
    }
    response = render(request, template, context)
    tell(response, changes_at=None if past else showing.next_end())
    return response


def _as_data(request: HttpRequest, rows: list[calendar.Entry], count: int) -> HttpResponse:
    base = addresses.base(request)
    results = showing.as_data(rows, base)
    return JsonResponse({"count": count, "results": results}, json_dumps_params={"ensure_ascii": False})


@public_page(*SHOWN)
def all_calendar(request: HttpRequest) -> HttpResponse:
    """What calendars subscribe to, for any filter; from three months ago on."""
    narrowing = calendar.Narrowing.read(request.GET)
    chosen = " · ".join(calendar.name_of_value(key, value) for key, value in narrowing.pairs())
    name = " · ".join(filter(None, [_("Calendar of %(portal)s") % {"portal": settings.PORTAL_NAME}, chosen]))
    found = calendar.feed_of(narrowing, addresses.base(request))
    return calendars.answer(request, found, name=name, filename="calendar.ics")


@public_page(KEY)
def one_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    found = [feeds.event(event, addresses.base(request))]
    return calendars.answer(request, found, filename=f"{event.slug}.ics")


@public_page(KEY)
def feed(request: HttpRequest) -> HttpResponse:
    """What was announced last."""
    base = addresses.base(request)
    about = atom.Feed(
        title=f"{_('Events')} - {settings.PORTAL_NAME}",
        author=str(settings.PORTAL_NAME),
        self_url=f"{base}{request.path}",
        page_url=f"{base}{request.path.removesuffix('feed/')}",
    )
    newest = Event.objects.published().order_by("-published_at", "-pk")[:FEED]
    return atom.answer(request, about, [feeds.entry(event, base) for event in newest])


@public_page(EVERY_TYPE, shelf_services.KIND)
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.reachable_by(request.user).with_detail_data(), slug=slug)
    if event.status == Event.Status.WITHDRAWN:
        return gone(request, event, title="title")
    if request.GET.get("format") == "json":
        data = serialise.as_data(event, base=addresses.base(request))
        return JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    stream = programme.chosen_stream(event, request.GET.get("stream", ""))
    response = render(request, "agenda/detail.html", _context(request, event) | {"stream": stream})
    tell(response, changes_at=event.changes_at)
    if event.is_published:
        tell(response, viewed=(KEY, event.pk))
    return videos.let_in(response, stream.player if stream else None)


def _context(request: HttpRequest, event: Event) -> dict[str, Any]:
    return {
        "record": event,
        "shown": showing.page(event),
        "programme": programme.of(event),
        "linked": showing.linked(event),
        "shelves": shelf_services.on_shelves(event, request.user),
        "states": translations.states(event, "title"),
        "permanent_url": addresses.base(request) + addresses.permanent(event),
    }
