"""Who sees what of a profile. Every page, list, count and file asks here."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Members")
    ME = "me", _("Only me")


class Audience(IntEnum):
    """Readers, by how much they may see. Staff are members here."""

    VISITOR = 0
    MEMBER = 1
    OWNER = 2


NEEDED = {Visibility.PUBLIC: Audience.VISITOR, Visibility.MEMBERS: Audience.MEMBER, Visibility.ME: Audience.OWNER}
FIELDS = (
    *("photo", "position", "biography", "country", "affiliations"),
    *("topics", "experience", "languages", "orcid", "links"),
)
DEFAULT = Visibility.MEMBERS  # of what a member has not decided on


def audience_of(reader: User | AnonymousUser, owner_id: int) -> Audience:
    if not reader.is_authenticated:
        return Audience.VISITOR
    return Audience.OWNER if reader.pk == owner_id else Audience.MEMBER


def shows(chosen: dict[str, str], field: str, audience: Audience) -> bool:
    """Whether an audience sees a field. A choice that cannot be read shows it to nobody else."""
    choice = chosen.get(field, DEFAULT)
    return audience >= (NEEDED[Visibility(choice)] if choice in Visibility else Audience.OWNER)
