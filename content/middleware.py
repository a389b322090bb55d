"""Whole anonymous pages from the cache; pages of one reader compressed; old addresses to new ones."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.gzip import GZipMiddleware
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers, set_response_etag
from django.utils.http import parse_http_date_safe
from django.utils.translation import get_language_from_request

from content import caching, counting, zones
from content.models import OldAddress

Answer = Callable[[HttpRequest], HttpResponse]


class PackingMiddleware(GZipMiddleware):
    """Compresses pages that are made for one reader, as slow a line as anybody's. It adds a little chance to each, so
    that its length tells nothing of what is in it (Heal the Breach); kept pages come packed (`caching.pack`), and files
    and what is sent piece by piece go out as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_page = not response.streaming and response.get("Content-Type", "").startswith("text/html")
        if not is_page or not caching.reads_gzip(request):
            return response
        return super().process_response(request, response)


class PublicPageMiddleware:
    """Answers pages marked with `public_page` from the cache, or with 304 when the reader has them already."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_keepable = caching.is_keepable(request)
        kept = caching.kept_page(request) if is_keepable else None
        response = kept or (self._make_and_keep(request) if is_keepable else self._make(request))
        if viewed := getattr(response, "viewed", None):  # counted here, as a kept page passes no view
            counting.count_view(request, *viewed)
        if pressed := getattr(response, "pressed", None):
            counting.count_press(request, *pressed)
        if is_keepable and hasattr(response, "kinds") and "ETag" in response:
            caching.send_packed(request, response)
            changed_at = parse_http_date_safe(response.get("Last-Modified", ""))  # feeds say so, pages do not
            return get_conditional_response(request, response["ETag"], changed_at, response) or response
        return response

    def _make(self, request: HttpRequest) -> HttpResponse:
        with zones.read_by(request):
            return self.get_response(request)

    def _make_and_keep(self, request: HttpRequest) -> HttpResponse:
        before = caching.generations()
        with zones.read_by(request) as reader:
            response = self.get_response(request)
        kinds = getattr(response, "kinds", None)
        if kinds is None or response.status_code != 200 or response.cookies or response.streaming:
            return response
        set_response_etag(response)
        patch_cache_control(response, public=True, no_cache=True)
        if response["Content-Type"].startswith("text/html"):
            # In the header it is asked for a packet or two before the page's own link to it is there to be read.
            response["Link"] = f"<{static('portal.css')}>; rel=preload; as=style"
        if reader.was_asked:
            patch_vary_headers(response, ["Cookie"])  # caches between us and readers know no zones
        caching.pack(response)
        stamps = {kind: before.get(kind, "") for kind in kinds}
        caching.keep_page(request, response, stamps, zone=zones.of(request) if reader.was_asked else "")
        return response


class OldAddressMiddleware:
    """Sends readers of the former platform's addresses on: 301 where the table of old addresses knows the way."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        known = OldAddress.objects.leading_from(request.path_info, request.META.get("QUERY_STRING", ""))
        if known is None:
            return response
        OldAddress.objects.note_hit(known.path)
        target = known.target
        if not target.startswith("/p/"):
            target = f"/{get_language_from_request(request)}{target}"
        return HttpResponsePermanentRedirect(target, headers={"Vary": "Accept-Language, Cookie"})
