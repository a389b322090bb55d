"""Pages of a list, as components/pager.html draws them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True)
class Page:
    number: int | None  # None: a gap
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Pager:
    previous: str
    next: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Slice:
    """Some rows of a queryset, how many there are in all, and the way to the others."""

    rows: list[Any]
    count: int
    pager: Pager


def pager_of(here: int, last: int, url: Callable[[int], str]) -> Pager:
    """The pages near this one, the first and the last, with gaps between."""
    near = sorted({1, last, *(number for number in range(here - 1, here + 2) if 1 <= number <= last)})
    pages: list[Page] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            pages.append(Page(None))
        pages.append(Page(number, url(number), number == here))
    return Pager(
        previous=url(here - 1) if here > 1 else "", next=url(here + 1) if here < last else "", pages=tuple(pages)
    )


def slice_of(request: HttpRequest, rows: QuerySet, size: int = 20, *, count: int | None = None) -> Slice:
    """The page that the address asks for (?page=2); an impossible number gives the nearest page there is.

    `count`: how many rows there are, where that is known.
    """
    paginator = Paginator(rows, size)
    if count is not None:
        paginator.count = count
    page = paginator.get_page(request.GET.get("page"))

    def url(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        if number == 1:
            del query["page"]
        return f"{request.path}?{query.urlencode()}" if query else request.path

    return Slice(list(page.object_list), paginator.count, pager_of(page.number, paginator.num_pages, url))
