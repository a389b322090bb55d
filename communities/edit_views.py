"""What administrators change of a community, its end, and its going on."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from communities import services
from communities.doors import Door, administrators_only, front
from communities.edit_forms import SettingsForm, TextsForm
from communities.halls import Link, frame_of
from communities.member_forms import ReasonForm
from content import wording
from people.forms import sent

FORM = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(FORM)
@administrators_only
def edit(request: HttpRequest, door: Door) -> HttpResponse:
    """Who may join, what is spoken, what it is about, who organises it."""
    _refuse_archived(door)
    form = SettingsForm(sent(request), record=door.community)
    if request.method == "POST" and form.is_valid():
        services.save_community(record=form.filled(), by=request.user, links=form.links())
        messages.success(request, _("Saved."))
        return redirect(door.community)
    return render(request, "communities/edit.html", _context(door, "", form))


@never_cache
@require_http_methods(FORM)
@administrators_only
def texts(request: HttpRequest, door: Door, language: str) -> HttpResponse:
    """Name, purpose and the rest in one language."""
    _refuse_archived(door)
    if language not in settings.MODELTRANSLATION_LANGUAGES:
        raise Http404
    form = TextsForm(sent(request), record=door.community, language=language)
    if request.method == "POST" and form.is_valid():
        services.save_community(record=form.filled(), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("communities:texts", door.community.slug, language)
    return render(request, "communities/texts.html", _context(door, language, form) | {"language": language})


def _context(door: Door, here: str, form: object) -> dict[str, object]:
    slug = door.community.slug
    parts = [Link(_("Settings"), reverse("communities:edit", args=[slug]), not here, None)]
    for code in settings.MODELTRANSLATION_LANGUAGES:
        name = wording.language_name(code).capitalize()
        parts.append(Link(name, reverse("communities:texts", args=[slug, code]), code == here, None))
    return {**frame_of(door, "edit"), "form": form, "parts": parts}


def _refuse_archived(door: Door) -> None:
    if door.community.is_archived:
        raise PermissionDenied


# ---------- Its end, and its going on ----------


@never_cache
@login_required
@require_http_methods(FORM)
@front
def archive(request: HttpRequest, door: Door) -> HttpResponse:
    if not door.can_archive:
        raise PermissionDenied
    form = ReasonForm(sent(request), help_text=_("It stands on the page of the community."))
    if request.method == "POST" and form.is_valid():
        services.archive(community=door.community, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The community is archived. It stays readable, and can be opened again."))
        return redirect(door.community)
    return render(request, "communities/archive.html", frame_of(door, "edit") | {"form": form})


@never_cache
@login_required
@require_POST
@front
def unarchive(request: HttpRequest, door: Door) -> HttpResponse:
    if not door.can_archive:
        raise PermissionDenied
    services.unarchive(community=door.community, by=request.user)
    messages.success(request, _("The community is open again."))
    return redirect(door.community)


@never_cache
@require_http_methods(FORM)
@administrators_only
def quiet(request: HttpRequest, door: Door) -> HttpResponse:
    """Whether it goes on: where the letter leads that asks its administrators."""
    if request.method == "POST":
        _refuse_archived(door)
        services.keep_going(community=door.community, by=request.user)
        messages.success(request, _("Thank you. The community goes on."))
        return redirect(door.community)
    return render(request, "communities/quiet.html", frame_of(door, "edit"))
