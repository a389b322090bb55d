"""Where a request comes from, and where it may be sent on to."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def client_address(request: HttpRequest) -> str:
    """The address of the reader. Behind our own proxy that is what the proxy saw, the last entry it added."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


def is_ours(request: HttpRequest, url: str) -> bool:
    """Whether an address that somebody gave (`next`) stays on the host that was asked."""
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
