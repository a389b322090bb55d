"""allauth's mails become letters of the house: plain data, in the language of whom they are for."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, override

from members import letters
from members.models import User


def send(*, prefix: str, address: str, context: Mapping[str, Any]) -> None:
    """`prefix` is allauth's name for a mail, such as "account/email/login_code"; each is an occasion of its own.

    The language is that of the member whom the address belongs to, else that of the page.
    """
    name = prefix.rpartition("/")[2]
    user = context.get("user") or _owner(address)
    language = user.language if user else get_language() or "en"
    with override(language):
        words = _plain(context) | {"address": address, **_ways_on()}
    to = user if user and user.email.lower() == address.lower() else address
    occasion = f"account:{name}:{uuid.uuid4()}"
    letters.send(letters.AccountLetter(f"account/{name}", occasion, to, language, words))


def _owner(address: str) -> User | None:
    rows = User.objects.filter(emailaddress__email__iexact=address).order_by("-emailaddress__verified")
    return rows.first() or User.objects.filter(email__iexact=address).first()


def _ways_on() -> dict[str, str]:
    """Never under the host of the request, which whoever asks may choose: the letter may go to somebody else."""
    pages = {"sign_in_url": "account_login", "join_url": "account_signup", "reset_url": "account_reset_password"}
    return {key: f"{settings.PORTAL_BASE_URL}{reverse(name)}" for key, name in pages.items()}


def _plain(context: Mapping[str, Any]) -> dict[str, str]:
    """Texts, and the moment as it is read in UTC; nothing that a row cannot keep, and none of allauth's addresses."""
    words = {key: value for key, value in context.items() if isinstance(value, str) and not key.endswith("_url")}
    if isinstance(moment := context.get("timestamp"), datetime):
        words["moment"] = f"{date_format(moment, 'DATETIME_FORMAT')} UTC"
    if user := context.get("user"):
        words["name"] = user.display_name
    return words
