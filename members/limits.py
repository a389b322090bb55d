"""How often somebody may knock: allauth's counts, kept in the database and not in the cache of pages.

That cache may be down, is emptied by chance when it is full, and as files knows no atomic step: each would open every
door to a machine that guesses (docs/adr/0012-limits-in-the-database.md).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.connection import ConnectionProxy

ALIAS = "limits"


def keep_in_database() -> None:
    """allauth has no setting for it. tests/members/test_limits.py fails when it asks the cache some other way."""
    for module in (ratelimit, totp):
        module.cache = ConnectionProxy(caches, ALIAS)
    ratelimit.consume = _looking_is_free(ratelimit.consume)


def _looking_is_free(consume: Callable[..., Any]) -> Callable[..., Any]:
    """allauth counts HEAD like a press, so that a program that checks links would shut the door on its neighbours."""

    def consume_for(request: HttpRequest, **limit: Any) -> Any:
        if request.method == "HEAD" and not limit.get("limit_get"):
            return ratelimit.RateLimitUsage(usage=[])
        return consume(request, **limit)

    return consume_for
