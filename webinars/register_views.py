"""Registering, and the page that is one person's alone: confirm, take a place, go in, cancel."""

from __future__ import annotations

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content import calendars, videos, zones
from content.addresses import base
from content.translations import words
from people.forms import sent
from people.models import Profile
from webinars import asking, feedback, feeds, places, providers, showing, streams
from webinars.edit_views import organisers_only
from webinars.models import Registration, Webinar
from webinars.register_forms import RegisterForm

FORM = ["GET", "HEAD", "POST"]
LIMIT = "register_webinar"  # in portal/doors.py


def _announced(request: HttpRequest, slug: str) -> Webinar:
    return get_object_or_404(Webinar.objects.shown_to(request.user).select_related("community", "series"), slug=slug)


@never_cache
@require_http_methods(FORM)
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Members press one button; everybody else fills in five fields, and is told the same whatever we know of them."""
    webinar = _announced(request, slug)
    if request.user.is_authenticated:
        return _register_member(request, webinar)
    form = RegisterForm(sent(request))
    if request.method == "POST" and form.is_valid() and places.takes_people(webinar):
        person = form.person()
        if refused := consume_or_429(request, action=LIMIT, key=person["email"].lower()):
            return refused
        places.register_guest(webinar=webinar, language=get_language() or "en", zone=zones.of(request), **person)
        return redirect("webinars:registered", webinar.slug)
    return _form(request, webinar, form)


def _register_member(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    mine = webinar.registrations.of(request.user).current().first()
    if mine:
        return redirect(mine)
    profile = Profile.objects.filter(user=request.user).select_related("country").first()
    if request.method == "POST" and places.takes_people(webinar):
        row = places.register_member(webinar=webinar, by=request.user, country=profile.country if profile else None)
        messages.success(request, _("You are on the waiting list.") if row.waits else _("You are registered."))
        return redirect(row)
    return _form(request, webinar, None)


def _form(request: HttpRequest, webinar: Webinar, form: RegisterForm | None) -> HttpResponse:
    context = {
        "webinar": webinar,
        "form": form,
        "is_closed": not places.takes_people(webinar),
        "is_full": places.free_places(webinar) == 0,
    }
    return render(request, "webinars/register.html", context)


@never_cache
@require_safe
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everybody: what became of it is said to whoever reads that address."""
    return render(request, "webinars/registered.html", {"webinar": _announced(request, slug)})


# ---------- One person's own page ----------


def own_row(slug: str, key: str) -> Registration:
    """Whoever holds the link is that person, but for a private community that they have left."""
    rows = Registration.objects.select_related("webinar__community", "webinar__series", "user", "country")
    row = get_object_or_404(rows, webinar__slug=slug, key=key, webinar__status=Webinar.Status.PUBLISHED)
    if row.webinar.is_private and (row.user is None or not _is_shown(row)):
        raise Http404
    return row


def _is_shown(row: Registration) -> bool:
    return Webinar.objects.shown_to(row.user).filter(pk=row.webinar_id).exists()


@never_cache
@require_http_methods(FORM)
def own(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    row = own_row(slug, key)
    if request.method == "POST":
        _act(request, row)
        return redirect(row)
    zones.suppose(row.zone)
    state = {"is_offered": row.is_offered_at(timezone.now()), "is_open": row.is_in and row.webinar.is_door_open}
    air = streams.of(row.webinar, request.GET)
    context = {
        "row": row,
        "webinar": row.webinar,
        "record": row.webinar,
        "back": row.get_absolute_url(),
        "can_change": places.takes_people(row.webinar),
        "air": air,
        "gives_feedback": feedback.is_open_to(row),
        **showing.asked(row.webinar, asking.registrant(row)),
        **state,
    }
    if row.offered_until:
        context["until"] = zones.for_reader(row.offered_until)
    return videos.let_in(render(request, "webinars/own.html", context), air.player)


def _act(request: HttpRequest, row: Registration) -> None:
    if "cancel" in request.POST:
        if places.cancel(registration=row):
            messages.success(
                request, _("You have cancelled. Thank you for saying so: your place goes to somebody else.")
            )
    elif "accept" in request.POST:
        if places.accept(registration=row):
            messages.success(request, _("The place is yours."))
        else:
            messages.error(request, _("The offer has run out: the place went to the next person."))
    elif "confirm" in request.POST:
        confirmed = places.confirm(registration=row)
        if confirmed.waits or confirmed.is_in:
            waits = _("Thank you. You are on the waiting list.")
            messages.success(request, waits if confirmed.waits else _("Thank you. You are registered."))


@never_cache
@require_safe
def own_calendar(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    row = own_row(slug, key)
    event = feeds.event(row.webinar, base(request), place=base(request) + row.get_absolute_url())
    return calendars.answer(request, [event], filename=f"{row.webinar.slug}.ics")


@never_cache
@require_safe
def join(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Into the meeting, from a quarter of an hour before the start until the end, for whoever has a place."""
    row = own_row(slug, key)
    if not row.is_in or not row.webinar.is_door_open:
        return redirect(row)
    return _enter(request, row.webinar, providers.Guest(row.name)) or redirect(row)


@never_cache
@login_required
@require_POST
@organisers_only
def room(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """Its organisers go in whenever they want: somebody has to be there first."""
    return _enter(request, webinar, providers.Guest(str(request.user), runs_it=True)) or redirect(webinar)


def _enter(request: HttpRequest, webinar: Webinar, guest: providers.Guest) -> HttpResponse | None:
    provider = providers.of(webinar)
    try:
        provider.open_room(webinar, words(webinar, "title").text)
        return redirect(provider.link(webinar, guest))
    except providers.NoRoom:
        messages.error(request, _("The meeting cannot be reached at the moment. Try again in a minute."))
        return None
