"""A suspended address whose owner says that it works again: a letter to it, and the link in that letter.

At sign-in a mark in the session remembers that the address is suspended, so that no page has to ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from notifications import services
from notifications.models import Suppression

if TYPE_CHECKING:
    from members.models import User

MARK = "address_suspended"
SALT = "notifications.trust"
A_DAY = 24 * 60 * 60  # seconds


def note_at_sign_in(request: HttpRequest, user: User) -> None:
    if suspension_of(user):
        request.session[MARK] = True
    else:
        request.session.pop(MARK, None)


def suspension_of(user: User) -> Suppression | None:
    return Suppression.objects.filter(address=user.email.lower(), lifted_at=None).first()


def ask(*, user: User) -> None:
    """Send the address a letter with a link. One in ten minutes, however often somebody presses."""
    token = signing.dumps([user.pk, user.email.lower()], salt=SALT)
    now = timezone.now()
    services.post(
        occasion=f"trust:{user.pk}:{now:%Y%m%d%H}{now.minute // 10}",
        to=user,
        kind=services.ACCOUNT,
        template="address_again",
        context={"path": reverse("notifications:trust", args=[token])},
    )


def is_of(token: str, user: User) -> bool:
    """Whether the link was sent to the address that this member has today, within a day."""
    try:
        return signing.loads(token, salt=SALT, max_age=A_DAY) == [user.pk, user.email.lower()]
    except signing.BadSignature:
        return False
