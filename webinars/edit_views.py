"""What organisers change of their webinar: its facts, its words in each language, its panel, its time, its end."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.halls import Link
from content import wording
from people.forms import sent
from webinars import figures, services
from webinars.edit_forms import FactsForm, OrganiserForm, PanellistForm, ReasonForm, TextsForm, TimeForm
from webinars.models import Webinar
from webinars.permissions import can_edit

FORM = ["GET", "HEAD", "POST"]


def organisers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 for whoever may not know of it, 403 for whoever may and does not organise it."""

    @functools.wraps(view)
    def shown(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponse:
        webinar = get_object_or_404(Webinar.objects.visible_to(request.user).with_detail_data(), slug=slug)
        if not can_edit(request.user, webinar):
            raise PermissionDenied
        return view(request, webinar, *args, **kwargs)

    return shown


def edit_page(request: HttpRequest, webinar: Webinar, here: str, **more: Any) -> HttpResponse:
    """One of the pages on which organisers change it, in their frame."""
    tab = {"report": "attendance", "figures": "attendance"}.get(here, more.get("language", here))
    context = {"webinar": webinar, "parts": _parts(webinar, tab), "here": here, **more}
    return render(request, f"webinars/edit_{here}.html", context)


def _parts(webinar: Webinar, here: str) -> list[Link]:
    named = {"facts": _("Facts"), "time": _("Time"), "panel": _("Panel"), "organisers": _("Who may edit it")}
    named["people"] = _("Who registered")
    if webinar.is_published:
        named["questions"] = _("Questions")
    if not webinar.is_over and not webinar.cancelled_at:
        named["streams"] = pgettext("of a webinar", "Streams")
    elif not webinar.cancelled_at:
        named = {"summary": _("Summary"), "recordings": _("Recording"), "materials": _("Slides and files"), **named}
        named |= {"attendance": _("Who came"), "feedback": _("Feedback")}
    parts = [
        Link(label, reverse(f"webinars:edit_{key}", args=[webinar.slug]), key == here, None)
        for key, label in named.items()
    ]
    for code in settings.MODELTRANSLATION_LANGUAGES:
        name = wording.language_name(code).capitalize()
        parts.append(Link(name, reverse("webinars:edit_texts", args=[webinar.slug, code]), code == here, None))
    return parts


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def facts(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    form = FactsForm(sent(request), webinar=webinar, by=request.user)
    if request.method == "POST" and form.is_valid():
        services.save_webinar(webinar=form.fill(webinar), by=request.user, links=form.links())
        messages.success(request, _("Saved."))
        return redirect("webinars:edit_facts", webinar.slug)
    return edit_page(request, webinar, "facts", form=form)


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def texts(request: HttpRequest, webinar: Webinar, language: str) -> HttpResponse:
    if language not in settings.MODELTRANSLATION_LANGUAGES:
        raise Http404
    form = TextsForm(sent(request), webinar=webinar, language=language)
    if request.method == "POST" and form.is_valid():
        services.save_webinar(webinar=form.filled(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("webinars:edit_texts", webinar.slug, language)
    return edit_page(request, webinar, "texts", form=form, language=language)


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def time(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """Of one that was announced this is a move, and everybody who registered is told."""
    if webinar.is_over or webinar.cancelled_at:
        return edit_page(request, webinar, "time", form=None)
    form = TimeForm(sent(request), webinar=webinar)
    if request.method == "POST" and form.is_valid():
        is_moved = services.move_webinar(webinar=webinar, by=request.user, **form.time())
        messages.success(request, _moved(webinar) if is_moved else _("Saved."))
        return redirect("webinars:edit_time", webinar.slug)
    return edit_page(request, webinar, "time", form=form)


def _moved(webinar: Webinar) -> str:
    at = webinar.at_home()
    return _("It starts on %(moment)s (%(city)s) now.") % {"moment": at.words, "city": at.city}


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def panel(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    form = PanellistForm(sent(request), webinar=webinar, by=request.user)
    if request.method == "POST" and form.is_valid():
        if webinar.panellists.count() >= services.MOST_PANELLISTS:
            form.add_error(None, _("A panel has %(count)s people at most") % {"count": services.MOST_PANELLISTS})
        else:
            services.add_panellist(panellist=form.panellist(), by=request.user)
            messages.success(request, _("Added."))
            return redirect("webinars:edit_panel", webinar.slug)
    return edit_page(request, webinar, "panel", form=form)


@never_cache
@login_required
@require_POST
@organisers_only
def panel_step(request: HttpRequest, webinar: Webinar, pk: int) -> HttpResponse:
    """One of the panel goes, or goes up a place."""
    panellist = get_object_or_404(webinar.panellists, pk=pk)
    if "remove" in request.POST:
        services.remove_panellist(panellist=panellist, by=request.user)
        messages.success(request, _("%(name)s is no longer on the panel.") % {"name": panellist})
    else:
        services.raise_panellist(panellist=panellist, by=request.user)
    return redirect("webinars:edit_panel", webinar.slug)


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def organisers(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    form = OrganiserForm(sent(request), webinar=webinar, by=request.user)
    if request.method == "POST" and form.is_valid():
        services.add_organiser(webinar=webinar, user=form.person, by=request.user)
        messages.success(request, _("%(name)s may edit it now.") % {"name": form.person})
        return redirect("webinars:edit_organisers", webinar.slug)
    rows = webinar.organisers.select_related("user")
    return edit_page(request, webinar, "organisers", form=form, organisers=rows)


@never_cache
@login_required
@require_POST
@organisers_only
def organiser_step(request: HttpRequest, webinar: Webinar, pk: int) -> HttpResponse:
    """An organiser may no longer edit it."""
    row = get_object_or_404(webinar.organisers.select_related("user"), pk=pk)
    if services.remove_organiser(organiser=row, by=request.user):
        messages.success(request, _("%(name)s may no longer edit it.") % {"name": row.user})
    else:
        messages.error(request, _("Somebody has to answer for it: name another organiser first."))
    if not can_edit(request.user, webinar):
        return redirect("me")
    return redirect("webinars:edit_organisers", webinar.slug)


@never_cache
@login_required
@require_safe
@organisers_only
def people(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """How many come, from where; nobody's name."""
    return edit_page(request, webinar, "people", form=None, **figures.of(webinar))


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def cancel(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    if webinar.is_over or webinar.cancelled_at:
        return edit_page(request, webinar, "cancel", form=None)
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        services.cancel_webinar(webinar=webinar, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The webinar is cancelled. Its page stays and says why."))
        return redirect(webinar)
    return edit_page(request, webinar, "cancel", form=form)
