"""Folders, which whoever moderates keeps in order: another name, or none."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from communities import document_permissions as may
from communities import document_services as services
from communities.document_forms import FolderForm
from communities.document_views import asks, page
from communities.doors import Door, members_only
from communities.models import Folder


@never_cache
@asks
@members_only
def folder(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    found = get_object_or_404(Folder, pk=pk, community=door.community)
    if not may.can_arrange_folders(door):
        raise PermissionDenied
    documents = reverse("communities:documents", args=[door.community.slug])
    if request.method == "POST" and "delete" in request.POST:
        services.delete_folder(folder=found, by=request.user)
        return redirect(documents)
    form = FolderForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            services.rename_folder(folder=found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("name", error)
        else:
            return redirect(f"{documents}?folder={found.pk}")
    return page(request, door, "folder", form=form, folder=found)
