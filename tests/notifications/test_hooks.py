from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest

from notifications import rendering, services
from notifications.models import Bounce

pytestmark = pytest.mark.django_db
ADDRESS = "/hooks/mail/"


@pytest.fixture
def mailgun(settings):
    settings.MAIL_PROVIDER, settings.MAIL_SECRET = "mailgun", "a key"
    settings.ANYMAIL = {"MAILGUN_API_KEY": "x", "MAILGUN_WEBHOOK_SIGNING_KEY": "a key"}


@pytest.fixture
def postmark(settings):
    settings.MAIL_PROVIDER, settings.MAIL_SECRET = "postmark", "name:password"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "x", "WEBHOOK_SECRET": "name:password"}


def news(letter, *, key: str = "a key") -> dict:
    """What Mailgun tells of an address that does not exist."""
    signature = hmac.new(key.encode(), b"1token", hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": "1", "token": "token", "signature": signature},
        "event-data": {
            "event": "failed", "severity": "permanent", "reason": "bounce", "id": "e1", "timestamp": 1.0,
            "recipient": letter.address, "delivery-status": {"code": 550, "message": "no such user"},
            "message": {"headers": {"message-id": rendering.message_id(letter.pk).strip("<>")}},
            "user-variables": {"letter": rendering.mark(letter.pk)},
        },
    }  # fmt: skip


def post(client, data, **headers):
    return client.post(ADDRESS, json.dumps(data), content_type="application/json", **headers)


def test_without_a_provider_there_is_nobody_to_tell(client):
    assert post(client, {}).status_code == 404


def test_signed_news_suspend_the_address(client, make_letter, mailgun):
    letter = make_letter(state="sent")
    assert post(client, news(letter)).status_code == 200
    letter.refresh_from_db()
    assert letter.state == "bounced"
    assert services.suspended([letter.address])


def test_the_same_news_count_once(client, make_letter, mailgun):
    letter = make_letter(state="sent")
    post(client, news(letter)), post(client, news(letter))
    assert Bounce.objects.count() == 1


@pytest.mark.parametrize("data", [{}, {"signature": {}}, []])
def test_unsigned_news_are_refused(client, mailgun, data):
    assert post(client, data).status_code == 403


def test_news_signed_by_somebody_else_are_refused(client, make_letter, mailgun):
    letter = make_letter(state="sent")
    assert post(client, news(letter, key="another")).status_code == 403
    assert not Bounce.objects.exists()


def test_a_provider_that_signs_nothing_brings_name_and_password(client, make_letter, postmark):
    letter = make_letter(state="sent")
    data = {
        "RecordType": "Bounce", "Type": "HardBounce", "TypeCode": 1, "ID": 7, "Email": letter.address,
        "Description": "no such user", "BouncedAt": "2026-01-01T00:00:00Z", "MessageID": "m",
        "Metadata": {"letter": rendering.mark(letter.pk)},
    }  # fmt: skip
    assert post(client, data).status_code == 403
    secret = base64.b64encode(b"name:password").decode()
    assert post(client, data, HTTP_AUTHORIZATION=f"Basic {secret}").status_code == 200
    assert services.suspended([letter.address])
