"""When the index does not answer, pages that need it say so and show what the database has."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from content import registry
from content.cards import kept_cards
from search.store import IndexMissing

NEWEST = 10
logger = logging.getLogger(__name__)


class IndexMissingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, IndexMissing):
            return None
        logger.error("%s", exception)
        if request.GET.get("format") == "json":
            response: HttpResponse = JsonResponse({"error": _("Search is not available at the moment.")}, status=503)
        else:
            response = render(request, "search/unavailable.html", {"shelves": _newest()}, status=503)
        response["Retry-After"] = "60"
        return response


def _newest() -> list[tuple[registry.ContentType, list[str]]]:
    """The newest records of each type, straight from the database."""
    found = []
    for content_type in registry.all_types():
        pks = list(content_type.published().order_by("-published_at", "-pk").values_list("pk", flat=True)[:NEWEST])
        cards = kept_cards(content_type.key, pks)
        found.append((content_type, [cards[pk] for pk in pks if pk in cards]))
    return found
