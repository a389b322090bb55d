"""Accounts that nobody confirmed do not stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from members.models import User
from members.unconfirmed import forget_unconfirmed
from tests.members.helpers import code_for, join, member

pytestmark = pytest.mark.django_db


def long_ago() -> None:
    User.objects.update(date_joined=timezone.now() - timedelta(days=8))


def test_an_unconfirmed_account_is_forgotten_after_a_week_and_its_address_free(client):
    join(client)
    assert forget_unconfirmed() == 0
    long_ago()
    assert forget_unconfirmed() == 1
    client.cookies.clear()
    join(client)
    assert User.objects.filter(email="awa@example.org").exists()


def test_a_confirmed_account_stays(client):
    join(client, "fr")
    client.post("/fr/accounts/confirm-email/", {"code": code_for("awa@example.org")})
    member("made-by-staff@example.org")
    long_ago()
    assert forget_unconfirmed() == 0
    assert User.objects.count() == 2
