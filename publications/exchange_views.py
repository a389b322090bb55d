"""Ways out of a publication's page: files for reference managers, the QR code of its address, the feed of a list."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content import addresses
from content.caching import public_page
from content.pages import gone
from publications import feeds
from publications.citations import citations, csl_item
from publications.formats import FORMATS
from publications.lists import PUBLICATIONS
from publications.metadata import coins, metadata
from publications.models import Publication
from publications.serialise import as_data
from search.feeds import answer_feed


def exchange_context(request: HttpRequest, publication: Publication) -> dict[str, Any]:
    """What `_meta.html` and `_cite.html` show. Wants a publication read `with_exchange_data`."""
    base = addresses.base(request)
    item = csl_item(publication, base=base)
    return {
        "metadata": metadata(publication, base=base),
        "citations": citations(item),
        "citation_language": item["language"],
        "coins": coins(item),
        "permanent_url": item["URL"],
        "permanent_path": addresses.permanent(publication),
        "formats": FORMATS,
    }


def data(request: HttpRequest, publication: Publication) -> JsonResponse:
    """The record as data, for `?format=json` on its page."""
    return JsonResponse(as_data(publication, base=addresses.base(request)), json_dumps_params={"ensure_ascii": False})


@public_page("publication", "organisation")
def cite(request: HttpRequest, slug: str, style: str) -> HttpResponse:
    if style not in FORMATS:
        raise Http404("There is no such format.")
    found = Publication.objects.reachable_by(request.user).with_exchange_data()
    publication = get_object_or_404(found, slug=slug)
    if publication.status == Publication.Status.WITHDRAWN:
        return gone(request, publication, title="title")
    file = FORMATS[style]
    return HttpResponse(
        file.write([publication], addresses.base(request)),
        content_type=f"{file.media_type}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{publication.slug}.{style}"',
            "X-Robots-Tag": "noindex",
        },
    )


@require_safe
@cache_control(public=True, max_age=86400)
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The permanent address as a QR code, for posters and slides."""
    publication = get_object_or_404(Publication.objects.published().only("slug"), slug=slug)
    image = io.BytesIO()
    code = segno.make(addresses.base(request) + addresses.permanent(publication), error="m", micro=False)
    code.save(image, kind="svg", scale=8, border=4, light="#fff", title=str(publication.slug), xmldecl=True)
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


@public_page("publication", "organisation")
def feed(request: HttpRequest) -> HttpResponse:
    return answer_feed(request, PUBLICATIONS, feeds.entry)
