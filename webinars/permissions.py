"""Who may do what with a webinar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communities.permissions import can_administer, membership_of
from members.permissions import is_editor
from webinars.models import Series, Webinar

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from communities.doors import Door
    from members.models import User


def can_propose(door: Door) -> bool:
    """Whoever runs a community, for that community as long as it goes on."""
    return door.can_administer and door.community.is_published and not door.community.is_archived


def can_edit(user: User | AnonymousUser, webinar: Webinar) -> bool:
    """Its organisers, and editors."""
    if not user.is_authenticated or webinar.status == Webinar.Status.WITHDRAWN:
        return False
    return bool(is_editor(user)) or Webinar.objects.organised_by(user).filter(pk=webinar.pk).exists()


def can_plan(user: User | AnonymousUser, series: Series) -> bool:
    """Editors, whoever runs the community of a series, and whoever organises a webinar in it."""
    if not user.is_authenticated:
        return False
    if is_editor(user) or Webinar.objects.organised_by(user).filter(series=series).exists():
        return True
    return series.community is not None and can_administer(membership_of(user, series.community))
