"""Views and downloads: once per visitor, record and day, without a cookie and without keeping an address.

A visitor is a keyed hash of address and browser; the key is random, lives one day and is then deleted with the hashes,
after which nobody can tell who came.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import re
import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, transaction
from django.db.models import F, Model
from django.http import HttpRequest
from django.utils import timezone

from content import registry
from content.models import DailySalt, Visit
from members.addresses import client_address

logger = logging.getLogger(__name__)
# Called with kind, pk and day of each view that counts, in its transaction: for figures that a type keeps of its own.
PRESS = "press"
when_viewed: list[Callable[[str, int, date], None]] = []
# What is counted besides records of types, by name: whose rows they are, and who hears of each press that counts.
_pressed: dict[str, tuple[type[Model], Callable[[int, date], None]]] = {}

# Crawlers name themselves, mostly with an address that explains them; whoever sends no name at all is one too.
BOTS = re.compile(
    r"bot|crawl|spider|slurp|preview|monitor|headless|externalhit|archiver|whatsapp|lighthouse|scrapy|feed"
    r"|curl|wget|python|perl|ruby|java/|okhttp|libwww|http-?client|https?:",
    re.IGNORECASE,
)


def count_presses(name: str, model: type[Model], listener: Callable[[int, date], None]) -> None:
    """Have presses of rows of a model counted, a video's say: as views are, but by the listener."""
    _pressed[name] = model, listener


def count_view(request: HttpRequest, kind: str, pk: int) -> None:
    _count(request, Visit.Kind.VIEW, kind, pk)


def count_download(request: HttpRequest, kind: str, pk: int) -> None:
    _count(request, Visit.Kind.DOWNLOAD, kind, pk)


def count_press(request: HttpRequest, name: str, pk: int) -> None:
    _count(request, PRESS, name, pk)


def _count(request: HttpRequest, what: str, kind: str, pk: int) -> None:
    agent = request.headers.get("User-Agent", "")
    count_once = _count_press_once if what == PRESS else _count_once
    if _is_reader(request, agent):
        try:
            count_once(what, kind, pk, address=client_address(request), agent=agent)
        except OperationalError:  # a page is worth more than its count, say while an import holds the database
            logger.warning("A %s of %s %s went uncounted.", what, kind, pk, exc_info=True)


def _is_reader(request: HttpRequest, agent: str) -> bool:
    """A person outside the team who asked to see this, rather than a browser fetching ahead."""
    user = getattr(request, "user", None)
    is_machine = not agent or BOTS.search(agent) or "prefetch" in request.headers.get("Sec-Purpose", "")
    return request.method == "GET" and not is_machine and not (user is not None and user.is_staff)


def _count_once(what: str, kind: str, pk: int, *, address: str, agent: str) -> None:
    today = timezone.now().date()
    model = registry.get(kind).model
    # Before the transaction: a new day's salt must outlive it, since this process remembers it either way.
    visit = _visit(model, pk, what, visitor(address, agent, today), today)
    if Visit.objects.filter(**visit).exists():  # most page views of a reader: no writer has to wait for them
        return
    with transaction.atomic():
        _, is_first = Visit.objects.get_or_create(**visit)
        if is_first:
            column = f"{what}_count"
            model._default_manager.filter(pk=pk).update(**{column: F(column) + 1})
            for listener in when_viewed if what == Visit.Kind.VIEW else ():
                listener(kind, pk, today)


def _count_press_once(what: str, name: str, pk: int, *, address: str, agent: str) -> None:
    today = timezone.now().date()
    model, listener = _pressed[name]
    visit = _visit(model, pk, Visit.Kind.VIEW, visitor(address, agent, today), today)
    if Visit.objects.filter(**visit).exists():
        return
    with transaction.atomic():
        _, is_first = Visit.objects.get_or_create(**visit)
        if is_first:
            listener(pk, today)


def _visit(model: type[Model], pk: int, what: str, who: str, day: date) -> dict[str, Any]:
    kind = ContentType.objects.get_for_model(model)
    return {"content_type": kind, "object_id": pk, "kind": what, "day": day, "visitor": who}


def visitor(address: str, agent: str, day: date) -> str:
    return hashlib.blake2b(f"{address}\n{agent}".encode(), key=_salt(day), digest_size=11).hexdigest()


@functools.lru_cache(maxsize=1)  # the next day pushes it out of memory
def _salt(day: date) -> bytes:
    row, _ = DailySalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_hex(32)})
    return bytes.fromhex(row.salt)


def forget_visitors() -> None:
    """Delete what could link visits to a visitor: everything before yesterday, which late time zones may still read."""
    before = timezone.now().date() - timedelta(days=1)
    Visit.objects.filter(day__lt=before).delete()
    DailySalt.objects.filter(day__lt=before).delete()
    _salt.cache_clear()
