from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from files import ranges, readers, sending
from files.models import StoredFile


def _file_for(request: HttpRequest, key: str) -> StoredFile:
    """The file, or 404 for whoever may not read it."""
    stored = get_object_or_404(StoredFile, key=key)
    if not readers.may_read(request.user, stored):
        raise Http404
    return stored


def _is_public(request: HttpRequest, stored: StoredFile) -> bool:
    """Of a file that this reader may have: what a visitor has, everybody may."""
    return not request.user.is_authenticated or readers.is_public(stored)


@require_safe
def download(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    stored = _file_for(request, key)
    if name != stored.name:
        return HttpResponsePermanentRedirect(stored.get_absolute_url())
    response = sending.send(request, sending.parcel_of(stored, is_public=_is_public(request, stored)))
    if response.status_code in (200, 206) and ranges.is_beginning(request):
        readers.note_download(request, stored)
    return response


@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponseBase:
    stored = _file_for(request, key)
    if not stored.preview:
        raise Http404
    return sending.send(request, sending.parcel_of_preview(stored, is_public=_is_public(request, stored)))
