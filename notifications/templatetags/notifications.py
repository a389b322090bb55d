"""What pages of other apps show of notices and follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from notifications import following, health, notices

if TYPE_CHECKING:
    from django.db.models import Model
    from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notices(context: Context) -> int:
    """How many a member has not read: one query for members, none for visitors."""
    user = context.get("user")
    return notices.unread_count(user) if user is not None and user.is_authenticated else 0


@register.simple_tag
def letters_are_late() -> bool:
    """For pages that tell somebody to wait for one."""
    return health.are_late()


@register.inclusion_tag("notifications/_follow.html", takes_context=True)
def follow_button(context: Context, key: str, what: Model) -> dict[str, Any]:
    """For a visitor a plain link: their page is kept whole, and a form would put a token into it."""
    user = context["user"]
    return {
        "key": key,
        "what": what,
        "name": following.target(key).name_of(what),
        "is_member": user.is_authenticated,
        "is_following": user.is_authenticated and following.is_following(user, what),
        "csrf_token": context.get("csrf_token"),
    }
