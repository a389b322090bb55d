"""Whole anonymous pages, kept per language and address until one of their content types changes.

A page remembers the generation of each type it shows. Changing a record moves the generation on, so a kept page is
never served after a change, and nothing has to be hunted down and deleted.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import logging
import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps as installed
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from content import registry, zones

logger = logging.getLogger(__name__)
REST = 5.0  # seconds in which a cache that did not answer is not asked again: a page asks a dozen times
SMALL = 500  # bytes, below which compressing gains nothing
READS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")  # q=0 says: anything but this
SOURCES = {".py", ".html", ".css", ".svg", ".mo"}
BY_ZONE = "by zone"  # stands where a page would, of which there is one for each zone
EVERY_TYPE = "every type"  # of pages that show whatever content there is, of apps they do not know too
ALWAYS = ("vocabulary",)  # menus, facets and labels stand on every page
_rests_until = 0.0
_shown: set[str] = set()  # kinds that pages show besides content types: members, say


def public_page(*kinds: str) -> Callable:
    """Mark a view that only shows: its anonymous answer depends on the address and on records of these kinds alone."""

    _shown.update(kind for kind in kinds if kind != EVERY_TYPE)

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_safe
        @functools.wraps(view)
        def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response.kinds = (*_named(kinds), *ALWAYS)
            return response

        return marked

    return decorate


def tell(response: HttpResponse, **said: Any) -> None:
    """What a view knows of its answer and a kept page needs. `changes_at`: when the clock alone makes it another page;
    `viewed` and `pressed`: kind and key of what is counted at each visit."""
    vars(response).update(said)


def _named(kinds: tuple[str, ...]) -> dict[str, None]:
    """Each once, the content types in the place of all of them."""
    types = [one.key for one in registry.all_types()] if EVERY_TYPE in kinds else []
    return dict.fromkeys([*types, *(kind for kind in kinds if kind != EVERY_TYPE)])


def generations(*kinds: str) -> dict[str, str]:
    """Where each kind stands. A kind whose place was lost, as a cache may drop anything, begins a new one."""
    every = kinds or (*_named((EVERY_TYPE, *sorted(_shown))), *ALWAYS)
    names = {f"generation:{kind}": kind for kind in every}
    found = {names[name]: generation for name, generation in (_ask("get_many", names) or {}).items()}
    for name, kind in names.items():
        if kind not in found:
            found[kind] = secrets.token_hex(4)
            _ask("add", name, found[kind], timeout=None)
    return {kind: found[kind] for kind in names.values()}  # in one order: it becomes part of names


def bump(*kinds: str) -> None:
    """Make every kept page that shows one of these kinds stale, once the change is committed."""

    def move_on() -> None:
        # A key for each kind: two processes that write one shared value would undo each other's.
        # Tried even while the cache rests: what is not moved on stays to be read once the cache is back.
        _try("set_many", {f"generation:{kind}": secrets.token_hex(4) for kind in kinds}, timeout=None)

    transaction.on_commit(move_on)


def name_of(*parts: object) -> str:
    """A key that any parts fit into, whatever their length."""
    return hashlib.md5(repr(parts).encode(), usedforsecurity=False).hexdigest()


def remember(name: str, make: Callable[[], Any], *kinds: str) -> Any:
    """What `make` answers, kept until one of the kinds changes."""
    key = f"{name}:{'-'.join(generations(*kinds).values())}"
    kept = _ask("get", key)
    if kept is None:
        kept = make()
        _ask("set", key, kept)
    return kept


def _ask(method: str, *args, **kwargs) -> Any:
    """A cache that is down costs speed, not pages: None, as if it knew nothing. `/readyz` says that it is down."""
    return None if time.monotonic() < _rests_until else _try(method, *args, **kwargs)


def _try(method: str, *args, **kwargs) -> Any:
    global _rests_until
    try:
        return getattr(cache, method)(*args, **kwargs)
    except Exception as error:
        _rests_until = time.monotonic() + REST
        logger.warning("The cache does not answer: %r", error)
        return None


@functools.cache
def release() -> str:
    """Names the code that runs, the same in every process: what another release rendered is not served."""
    apps = [Path(app.path) for app in installed.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    folders = [*apps, *(settings.BASE_DIR / name for name in ("templates", "static", "locale"))]
    newest = max(path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*") if path.suffix in SOURCES)
    return f"{newest:x}"


def page_key(request: HttpRequest, zone: str = "") -> str:
    # Hashed, because an address may be longer than a key; md5 as a name, not as a secret.
    address = f"{request.get_host()}{request.get_full_path()}\n{zone}"
    return f"page:{release()}:{request.is_secure()}:{hashlib.md5(address.encode(), usedforsecurity=False).hexdigest()}"


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
    page = _ask("get", page_key(request))
    if page == BY_ZONE:
        page = _ask("get", page_key(request, zones.of(request)))
    if page is None:
        return None
    response, stamps = page
    return None if _has_passed(response) or generations(*stamps) != stamps else response


def pack(response: HttpResponse) -> None:
    """Compress a page once, when it is kept, and not for each reader. Only pages without a word of anybody's own are
    kept, so that compressing tells no secret (https://breachattack.com)."""
    if len(response.content) > SMALL:
        response.packed = gzip.compress(response.content, compresslevel=6, mtime=0)
        patch_vary_headers(response, ["Accept-Encoding"])
        response["ETag"] = f"W/{response['ETag']}"  # one for both forms


def reads_gzip(request: HttpRequest) -> bool:
    return READS_GZIP.search(request.headers.get("Accept-Encoding", "")) is not None


def send_packed(request: HttpRequest, response: HttpResponse) -> None:
    """Let the compressed form go out to whoever reads it."""
    packed = getattr(response, "packed", None)
    if packed and reads_gzip(request):
        response.content = packed
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(packed))


def keep_page(request: HttpRequest, response: HttpResponse, stamps: dict[str, str], *, zone: str = "") -> None:
    """`zone`: of a page that says the time, the one it says it in."""
    if zone:
        _ask("set", page_key(request), BY_ZONE, settings.PAGE_CACHE_SECONDS)
    _ask("set", page_key(request, zone), (response, stamps), settings.PAGE_CACHE_SECONDS)


def _has_passed(response: HttpResponse) -> bool:
    """Whether the clock alone made it another page: `response.changes_at`, where a view sets it, says when it does."""
    changes_at = getattr(response, "changes_at", None)
    return changes_at is not None and changes_at <= timezone.now()
