"""Accounts whose address nobody confirmed: somebody mistyped it, or a machine made it up."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from members.models import User

KEPT = timedelta(days=7)


def forget_unconfirmed() -> int:
    """Delete those that are a week old: nobody was ever in them, and the address is free again."""
    old = User.objects.filter(last_login=None, is_staff=False, date_joined__lt=timezone.now() - KEPT)
    found = old.filter(emailaddress__isnull=False).exclude(emailaddress__verified=True)
    _all, by_model = found.delete()
    return by_model.get(User._meta.label, 0)
