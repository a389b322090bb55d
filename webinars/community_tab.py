"""The tab of a community's webinars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from communities.tabs import Tab, register
from webinars.models import Webinar

if TYPE_CHECKING:
    from communities.models import Community
    from members.models import User


def count(community: Community, user: User) -> int:
    return Webinar.objects.shown_to(user).of_community(community).count()


def sign_up() -> None:
    register(
        Tab(
            key="webinars",
            label=_("Webinars"),
            position=35,
            url_name="webinars:community",
            count=count,
            for_whom=lambda door: door.community.is_published,
        )
    )
