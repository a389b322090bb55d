"""Answers that carry a file: whole or in part, by ourselves or by the web server in front."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.encoding import filepath_to_uri
from django.utils.http import content_disposition_header, http_date

from files import ranges
from files.models import StoredFile

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

SHOWN = (StoredFile.Kind.PDF, StoredFile.Kind.IMAGE, StoredFile.Kind.AUDIO, StoredFile.Kind.VIDEO)
# Whatever a file holds, it acts for nobody: no script, no form, an origin of its own.
SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
# A sandbox stops the PDF viewers of browsers a few years old, and Chromium's player, to which the file is then foreign.
POLICIES = {
    StoredFile.Kind.PDF: "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
    StoredFile.Kind.AUDIO: "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'",
    StoredFile.Kind.VIDEO: "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'",
}


@dataclass(frozen=True)
class Parcel:
    """A file on its way, with what stays true of it however it is sent."""

    file: FieldFile
    tag: str
    modified: datetime
    headers: dict[str, str]


def parcel_of(stored: StoredFile, *, is_public: bool) -> Parcel:
    headers = {
        "Content-Type": stored.media_type,
        "Content-Disposition": content_disposition_header(stored.kind not in SHOWN, stored.name) or "",
        "Content-Security-Policy": _policy(POLICIES.get(StoredFile.Kind(stored.kind), SANDBOX)),
        "Cache-Control": f"{_audience(is_public)}, no-cache",
    }
    return Parcel(stored.file, stored.sha256, stored.created_at, headers)


def parcel_of_preview(stored: StoredFile, *, is_public: bool) -> Parcel:
    headers = {
        "Content-Type": "image/webp",
        "Content-Disposition": "inline",
        "Content-Security-Policy": _policy(SANDBOX),
        # A list shows twenty of them, and a file's first page never changes.
        "Cache-Control": f"{_audience(is_public)}, no-cache",
    }
    return Parcel(stored.preview, f"preview-{stored.sha256}", stored.created_at, headers)


def _policy(policy: str) -> str:
    return f"{policy}; frame-ancestors 'none'"


def _audience(is_public: bool) -> str:
    return "public" if is_public else "private"


def send(request: HttpRequest, parcel: Parcel) -> HttpResponseBase:
    """Raises Http404 where storage has lost the file."""
    headers = parcel.headers | {"X-Content-Type-Options": "nosniff"}
    if settings.FILES_ACCEL_PREFIX:  # the server in front knows parts and conditions, and its own ETag
        address = f"{settings.FILES_ACCEL_PREFIX.rstrip('/')}/{filepath_to_uri(parcel.file.name)}"
        return HttpResponse(headers=headers | {"X-Accel-Redirect": address})
    headers |= {
        "ETag": f'"{parcel.tag}"',
        "Last-Modified": http_date(parcel.modified.timestamp()),
        "Accept-Ranges": "bytes",
    }
    bare = HttpResponse(headers=headers)
    unsent = get_conditional_response(request, headers["ETag"], int(parcel.modified.timestamp()), bare)
    return _whole_or_part(request, parcel, headers) if unsent is None or unsent is bare else unsent


def _whole_or_part(request: HttpRequest, parcel: Parcel, headers: dict[str, str]) -> HttpResponseBase:
    try:
        size = parcel.file.size
    except FileNotFoundError as error:
        raise Http404 from error
    try:
        part = ranges.wanted(request, size=size, etag=headers["ETag"], modified=parcel.modified)
    except ranges.Unsatisfiable:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    headers |= {"Content-Length": str(size if part is None else len(part))}
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    if part is not None:
        headers |= {"Content-Range": f"bytes {part.start}-{part.stop - 1}/{size}"}
    stream = ranges.Part(parcel.file.open("rb"), part or range(size))
    return StreamingHttpResponse(stream, status=200 if part is None else 206, headers=headers)
