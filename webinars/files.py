"""Who may read what came of a webinar: whoever may read its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webinars.models import Webinar

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from files.models import StoredFile
    from members.models import User


def may_read(user: User | AnonymousUser, stored: StoredFile) -> bool:
    """Files of one that was withdrawn go with it; editors still see why."""
    found = Webinar.objects.visible_to(user).filter(materials__file=stored)
    return (found if user.is_staff else found.exclude(status=Webinar.Status.WITHDRAWN)).exists()
