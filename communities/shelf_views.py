"""The shelf of a community, and the way of a record onto it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from communities import document_permissions as may
from communities import shelf_services as services
from communities.doors import Door, inside, members_only
from communities.halls import frame_of
from communities.models import ShelfItem
from communities.shelf_forms import ShelveForm
from content.paging import slice_of

asks = require_http_methods(["GET", "HEAD", "POST"])


def _page(request: HttpRequest, door: Door, template: str, **more: Any) -> HttpResponse:
    return render(request, f"communities/{template}.html", frame_of(door, "shelf") | more)


@never_cache
@require_safe
@inside
def shelf(request: HttpRequest, door: Door) -> HttpResponse:
    items = ShelfItem.objects.filter(community=door.community).shown().select_related("by", "content_type")
    found = slice_of(request, items)
    return _page(
        request,
        door,
        "shelf",
        found=found,
        shelved=services.cards_of(found.rows),
        removable=may.removable(door, found.rows),
        can_shelve=may.can_add(door),
    )


@never_cache
@asks
@members_only
def remove(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    items = ShelfItem.objects.filter(community=door.community).shown().select_related("by", "content_type")
    item = get_object_or_404(items, pk=pk)
    if not may.can_take_off(door, item):
        raise PermissionDenied
    if request.method == "POST":
        services.take_off(item=item, by=request.user)
        messages.success(request, _("It is taken off the shelf."))
        return redirect("communities:shelf", door.community.slug)
    return _page(request, door, "shelf_remove", shelved=services.cards_of([item]))


@never_cache
@asks
@login_required
def shelve(request: HttpRequest) -> HttpResponse:
    """`?record=p12`: choose the community, say why, and it stands there."""
    record = services.record_called(request.GET.get("record", ""))
    if record is None:
        raise Http404
    mine = services.open_shelves(request.user)
    form = ShelveForm(request.POST if request.method == "POST" else None, communities=mine)
    if request.method == "POST" and form.is_valid():
        try:
            services.shelve(record=record, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("community", error)
        else:
            messages.success(request, _("It stands on the shelf."))
            return redirect("communities:shelf", form.cleaned_data["community"].slug)
    context = {"form": form, "record": record, "card": services.card_of(record), "communities": mine}
    return render(request, "communities/shelve.html", context)
