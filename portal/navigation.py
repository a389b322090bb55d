"""The map of the site: sections, their pages, and the same page in other languages."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from content import registry

LABELS = {"discover": _("Discover"), "learn": _("Learn"), "connect": _("Connect")}


LONGEST_ADDRESS = 2000  # characters; browsers and search engines take no more for sure


@dataclass(frozen=True)
class Page:
    label: str
    url: str
    current: str = ""  # value of aria-current: "page", "true" or nothing
    count: int | None = None  # what waits there

    def opened(self, path: str) -> Page:
        """The same, marked where the reader is."""
        return replace(self, current=current(self.url, path))


@dataclass(frozen=True)
class Section:
    key: str
    label: str
    url: str
    current: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    url: str
    alternate: str  # the canonical address of the page in this language, with host
    is_current: bool


@functools.cache
def _map(language: str | None) -> tuple[Section, ...]:
    """The same on every page of a language: looked up once. A section nobody has built yet shows no link."""
    sections = []
    for key, label in LABELS.items():
        kinds = [kind for kind in registry.all_types() if kind.section == key]
        pages = [Page(str(kind.label_plural), kind.list_url) for kind in kinds]
        if key == "discover":
            pages.append(Page(gettext("Countries"), reverse("search:countries")))
            pages.append(Page(gettext("Topics"), reverse("search:topics")))
        if key == "learn":
            pages.append(Page(gettext("Webinar series"), reverse("webinars:all_series")))
        if key == "connect":
            pages.append(Page(gettext("Members"), reverse("people:list")))
            pages.append(Page(gettext("Surveys"), reverse("surveys:list")))
        if pages:
            sections.append(Section(key, str(label), pages[0].url, "", tuple(pages)))
    return tuple(sections)


def all_sections(path: str) -> list[Section]:
    return [
        replace(
            section,
            current="true" if f"/{section.key}/" in path else "",
            pages=tuple(page.opened(path) for page in section.pages),
        )
        for section in _map(get_language())
    ]


def current(url: str, path: str) -> str:
    return "page" if path == url else "true" if path.startswith(url) else ""


def sections(request: HttpRequest) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: all_sections(request.path))


def in_language(path: str, code: str) -> str:
    """The same page in another language: the prefix changes, path and query stay."""
    for known, _name in settings.LANGUAGES:
        if path == f"/{known}" or path.startswith((f"/{known}/", f"/{known}?")):
            return f"/{code}{path[len(known) + 1 :]}"
    with override(code):
        return reverse("home")


def asked(request: HttpRequest) -> str:
    """Path and query, or the path alone when somebody sends a query too long for an address: a page names it often."""
    path = request.get_full_path()
    return path if len(path) <= LONGEST_ADDRESS else request.path


def canonical_path(request: HttpRequest) -> str:
    """The one address of a page among several: without sorting, the first page's number and the form of the answer."""
    kept = [
        (key, value)
        for key, values in sorted(_asked_for(request))
        for value in values
        if value and key not in ("sort", "format") and (key, value) != ("page", "1")
    ]
    path = f"{request.path}?{urlencode(kept)}" if kept else request.path
    return path if len(path) <= LONGEST_ADDRESS else request.path


def _asked_for(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """Keys and values of the address; none when there are more than Django reads: an error page needs its frame."""
    try:
        return request.GET.lists()
    except SuspiciousOperation:
        return []


def canonical(request: HttpRequest) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: request.build_absolute_uri(canonical_path(request)))


def languages(request: HttpRequest) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: _languages(request))


def doors(request: HttpRequest) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: _doors(request))


def _doors(request: HttpRequest) -> dict[str, str]:
    """Where to sign in and to join, so that one comes back to this page. It is part of the page's own address, so that
    every anonymous reader of the page may be shown the same."""
    path = asked(request)
    if path.startswith(reverse("account_login").removesuffix("login/")):
        path = dict(_asked_for(request)).get("next", [""])[0]  # on the way already; checked where it is followed
    query = f"?{urlencode({'next': path})}" if path and path != reverse("home") else ""
    return {"sign_in": reverse("account_login") + query, "join": reverse("account_signup") + query}


def _languages(request: HttpRequest) -> list[Language]:
    path, page = asked(request), canonical_path(request)
    current = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return [
        Language(
            code, name, in_language(path, code), request.build_absolute_uri(in_language(page, code)), code == current
        )
        for code, name in settings.LANGUAGES
    ]
