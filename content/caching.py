"""Whole anonymous pages, kept per language and address until one of their content types changes.

A page remembers the generation of each type it shows. Changing a record moves the generation on, so a kept page is
never served after a change, and nothing has to be hunted down and deleted.
"""

from __future__ import annotations

import functools
import hashlib
import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse

GENERATIONS = "generations"
ALWAYS = ("vocabulary",)  # menus, facets and labels stand on every page


def public_page(*kinds: str) -> Callable:
    """Mark a view whose anonymous answer depends on the address and on records of these kinds alone."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response.kinds = kinds + ALWAYS  # type: ignore[attr-defined]
            return response

        return marked

    return decorate


def generations() -> dict[str, str]:
    return cache.get(GENERATIONS) or {}


def bump(*kinds: str) -> None:
    """Make every kept page that shows one of these kinds stale, once the change is committed."""

    def move_on() -> None:
        cache.set(GENERATIONS, generations() | dict.fromkeys(kinds, secrets.token_hex(4)), timeout=None)

    transaction.on_commit(move_on)


def page_key(request: HttpRequest) -> str:
    # Hashed, because an address may be longer than a key; md5 as a name, not as a secret.
    address = f"{request.get_host()}{request.get_full_path()}{request.headers.get('Accept', '') == 'application/json'}"
    return f"page:{request.is_secure()}:{hashlib.md5(address.encode(), usedforsecurity=False).hexdigest()}"


def is_keepable(request: HttpRequest) -> bool:
    """Anonymous reading: no session, no message on its way."""
    return (
        settings.PAGE_CACHE_SECONDS > 0
        and request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
    )


def kept_page(request: HttpRequest) -> HttpResponse | None:
    """The kept answer to this request, unless something it shows has changed since."""
    page = cache.get(page_key(request))
    if page is None:
        return None
    response, stamps = page
    current = generations()
    return response if all(current.get(kind, "") == stamp for kind, stamp in stamps.items()) else None


def keep_page(request: HttpRequest, response: HttpResponse, stamps: dict[str, str]) -> None:
    cache.set(page_key(request), (response, stamps), settings.PAGE_CACHE_SECONDS)
