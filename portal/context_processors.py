"""What every page knows about the house."""

from __future__ import annotations

import functools

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe

from content import review
from portal import navigation, rooms


@functools.cache
def _mark() -> str:
    return mark_safe(settings.PORTAL_MARK.read_text().strip())  # noqa: S308  (the operator's own file)


def house(request: HttpRequest) -> dict:
    moderation = rooms.moderation(request)
    return {
        "portal_name": settings.PORTAL_NAME,
        "portal_mark": _mark(),
        "portal_contact": settings.PORTAL_CONTACT,
        "has_theme": settings.PORTAL_ACCENT != settings.DEFAULT_ACCENT,
        "sections": navigation.sections(request),
        "own_pages": rooms.own(request),
        "moderation": moderation,  # asked for members only
        "staff_pages": rooms.staff(request, moderation),
        "languages": navigation.languages(request),
        "canonical": navigation.canonical(request),
        "doors": navigation.doors(request),
        "review_count": SimpleLazyObject(review.waiting_count),  # asked for editors only
    }
