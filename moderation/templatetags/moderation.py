"""What stands beside something that members wrote, for whoever moderates there."""

from __future__ import annotations

from typing import Any

from django import template

from content.services import about
from moderation import desk, registry, telling

register = template.Library()


@register.simple_tag(takes_context=True)
def tools_for(context: template.Context, record: Any) -> desk.Tools:
    """What waits in the whole part of the portal is asked once for a page, whatever number of posts stands on it."""
    request = context["request"]
    scope = registry.kind_of(record).scope_of(record)
    asked = request.__dict__.setdefault("_moderated", {})
    if scope not in asked:
        asked[scope] = desk.open_cases_in(scope)
    there = about(record)
    cases = asked[scope].get((there["content_type"].pk, there["object_id"]), [])
    return desk.tools_of(record, cases, request.user)


@register.filter
def scope_name(scope: Any) -> str:
    return telling.name_of(scope)
