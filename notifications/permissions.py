from __future__ import annotations

from typing import TYPE_CHECKING

from members.permissions import is_administrator, is_editor
from notifications import matters, registry
from notifications.services import ACCOUNT

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User
    from notifications.models import Letter


can_see_outbox = can_lift = is_editor


def can_read(user: User | AnonymousUser, letter: Letter) -> bool:
    """Codes open accounts: editors see that they were sent, and not what they say. Of what members write behind a door
    they read what they may read there."""
    if not can_see_outbox(user) or (letter.kind == ACCOUNT and not is_administrator(user)):
        return False
    return matters.are_open_to(user, registry.context_of(letter))


def can_send_again(user: User | AnonymousUser, letter: Letter) -> bool:
    return can_read(user, letter) and letter.state == letter.State.UNKNOWN and not letter.is_forgotten
