"""What the house says about itself: how it treats what people entrust to it, and on what terms."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from communities import conduct
from content.caching import public_page
from members import legal
from members.privacy import TEXTS


@public_page()
def privacy_notice(request: HttpRequest, version: str = "") -> HttpResponse:
    return _text(request, TEXTS / "privacy", "privacy_notice", version)


@public_page()
def terms(request: HttpRequest, version: str = "") -> HttpResponse:
    return _text(request, TEXTS / "terms", "terms", version)


@public_page()
def conduct_text(request: HttpRequest, version: str = "") -> HttpResponse:
    """The code of conduct of communities."""
    return _text(request, conduct.TEXTS, "conduct", version)


@public_page()
def account_erased(request: HttpRequest) -> HttpResponse:
    return render(request, "about/account_erased.html", {"noindex": True})


def _text(request: HttpRequest, folder: Path, url_name: str, version: str) -> HttpResponse:
    try:
        text = legal.read(folder, version)
    except KeyError as error:
        raise Http404 from error
    known = [date for date in reversed(legal.versions(folder)) if date != text.version]
    context = {
        "text": text,
        "others": [legal.read(folder, one) for one in known],
        "is_newest": text.version == legal.versions(folder)[-1],
        "url_name": url_name,
        "noindex": bool(version),
    }
    return render(request, "about/text.html", context)
