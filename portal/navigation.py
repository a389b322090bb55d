"""The map of the site: sections, their pages, and the same page in other languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from content import registry

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LABELS = {"discover": _("Discover"), "learn": _("Learn"), "connect": _("Connect")}


@dataclass(frozen=True)
class Page:
    label: _StrPromise
    url: str
    current: str = ""  # value of aria-current: "page", "true" or nothing


@dataclass(frozen=True)
class Section:
    key: str
    label: _StrPromise
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


def _pages(section: str) -> list[tuple[_StrPromise, str]]:
    kinds = [kind for kind in registry.all_types() if kind.section == section]
    pages = [(kind.label_plural, kind.list_url) for kind in kinds]
    if section == "discover":
        pages += [(_("Countries"), reverse("search:countries")), (_("Topics"), reverse("search:topics"))]
    return pages


def all_sections(path: str) -> list[Section]:
    sections = []
    for key, label in LABELS.items():
        pages = tuple(
            Page(name, url, "page" if path == url else "true" if path.startswith(url) else "")
            for name, url in _pages(key)
        )
        if pages:  # a section nobody has built yet shows no link
            current = "true" if f"/{key}/" in path else ""
            sections.append(Section(key, label, pages[0].url, current, pages))
    return sections


def sections(request: HttpRequest) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: all_sections(request.path))


def in_language(path: str, code: str) -> str:
    """The same page in another language: the prefix changes, path and query stay."""
    for known, _name in settings.LANGUAGES:
        if path == f"/{known}" or path.startswith((f"/{known}/", f"/{known}?")):
            return f"/{code}{path[len(known) + 1 :]}"
    with override(code):
        return reverse("home")


def canonical_path(request: HttpRequest) -> str:
    """The one address of a page among several: without sorting, the first page's number and the form of the answer."""
    kept = [
        (key, value)
        for key, values in sorted(request.GET.lists())
        for value in values
        if value and key not in ("sort", "format") and (key, value) != ("page", "1")
    ]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def canonical(request: HttpRequest) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: request.build_absolute_uri(canonical_path(request)))


def languages(request: HttpRequest) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: _languages(request))


def _languages(request: HttpRequest) -> list[Language]:
    path, page = request.get_full_path(), canonical_path(request)
    current = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return [
        Language(
            code, name, in_language(path, code), request.build_absolute_uri(in_language(page, code)), code == current
        )
        for code, name in settings.LANGUAGES
    ]
