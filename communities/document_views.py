"""Documents of a community: the list, one of them, and what members do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import document_lists as lists
from communities import document_permissions as may
from communities import document_services as services
from communities import library
from communities.document_forms import ChangeForm, DocumentForm, ReasonForm, VersionForm
from communities.doors import Door, inside, members_only
from communities.halls import frame_of
from communities.models import Document

asks = require_http_methods(["GET", "HEAD", "POST"])


def page(request: HttpRequest, door: Door, template: str, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, f"communities/{template}.html", frame_of(door, "documents") | more, status=status)


def document_of(door: Door, pk: int) -> Document:
    """The document for whoever may know of it, or 404."""
    found = Document.objects.reachable_by(door.user).with_list_data()
    return get_object_or_404(found, pk=pk, community=door.community)


def _theirs(door: Door, pk: int) -> Document:
    """404 for what is not there, 403 for a document of somebody else's."""
    document = document_of(door, pk)
    if not may.can_change(door, document):
        raise PermissionDenied
    return document


@never_cache
@require_safe
@inside
def documents(request: HttpRequest, door: Door) -> HttpResponse:
    shelf = lists.read(request, door)
    return page(
        request,
        door,
        "documents",
        shelf=shelf,
        can_add=may.can_add(door),
        can_arrange=may.can_arrange_folders(door),
    )


@never_cache
@require_safe
@inside
def document(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    """A removed document answers 410: members read who removed it and why, whoever moderates may look at it."""
    found = document_of(door, pk)
    is_removed = found.removed_at is not None
    versions = [] if is_removed and not door.can_moderate else list(found.versions.all())
    return page(
        request,
        door,
        "document",
        status=410 if is_removed else 200,
        document=found,
        versions=versions,
        can_change=may.can_change(door, found),
        can_restore=may.can_restore(door, found),
        can_propose=library.is_there() and may.can_propose(door, found),
        proposed=library.state_of(found, request.user),
    )


@never_cache
@asks
@members_only
def add(request: HttpRequest, door: Door) -> HttpResponse:
    if not may.can_add(door):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    chosen = {"folder": request.GET.get("folder")}
    form = DocumentForm(*sent, by=request.user, community=door.community, initial=chosen)
    if sent and form.is_whole():
        try:
            made = services.add_document(community=door.community, by=request.user, **form.chosen())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The document is added."))
            return redirect(made)
    return page(request, door, "document_add", form=form)


@never_cache
@asks
@members_only
def version(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    found = _theirs(door, pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = VersionForm(*sent, by=request.user, document=found)
    if sent and form.is_whole():
        try:
            services.add_version(document=found, by=request.user, **form.chosen())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The new version is there, under the same address."))
            return redirect(found)
    return page(request, door, "document_version", form=form, document=found)


@never_cache
@asks
@members_only
def change(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    found = _theirs(door, pk)
    form = ChangeForm(request.POST if request.method == "POST" else None, document=found)
    if request.method == "POST" and form.is_valid():
        services.change_document(document=found, by=request.user, **form.chosen())
        return redirect(found)
    return page(request, door, "document_change", form=form, document=found)


@never_cache
@asks
@members_only
def remove(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    found = _theirs(door, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.remove_document(document=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("The document is removed."))
        return redirect("communities:documents", door.community.slug)
    return page(request, door, "document_remove", form=form, document=found)


@never_cache
@require_POST
@members_only
def restore(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    found = document_of(door, pk)
    if not may.can_restore(door, found):
        raise PermissionDenied
    if services.restore_document(document=found, by=request.user):
        messages.success(request, _("The document is back."))
    return redirect(found)


@never_cache
@require_POST
@members_only
def propose(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    """One press, and the member stands before the details of a publication that holds a copy of the file."""
    found = document_of(door, pk)
    if not library.is_there():
        raise Http404
    if not may.can_propose(door, found):
        raise PermissionDenied
    try:
        return redirect(library.propose(document=found, by=request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(found)
