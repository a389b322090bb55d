"""Letters about accounts, read as they arrive."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from notifications.models import Letter
from tests.members.helpers import text_of

FOLDER = Path(settings.BASE_DIR) / "templates" / "letters" / "account"
NAMES = sorted(path.stem for path in FOLDER.glob("[!_]*.txt") if not path.stem.endswith("_subject"))
LIBRARY = Path(__import__("allauth").__file__).parent / "templates"
WORDS = {
    "name": "Awa Diallo", "address": "awa@example.org", "code": "1234-5678", "moment": "26 November 2026 UTC",
    "ip": "203.0.113.7", "user_agent": "Firefox", "from_email": "old@example.org", "to_email": "new@example.org",
    "deleted_email": "old@example.org", "provider": "ORCID", "sign_in_url": "https://portal.example/in",
    "join_url": "https://portal.example/join", "reset_url": "https://portal.example/reset",
}  # fmt: skip


def letter(name: str, language: str) -> Letter:
    return Letter(template=f"account/{name}", language=language, context=WORDS, kind="account")


def test_each_mail_of_the_library_that_can_be_sent_has_a_letter():
    by_link = {"password_reset_key"}  # we send codes
    sent = {path.stem.removesuffix("_subject") for path in LIBRARY.glob("*/email/*_subject.txt")}
    assert sent - by_link - {"email_confirmation_signup"} <= set(NAMES)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_is_whole_in_each_language(name, language):
    subject, body = text_of(letter(name, language))
    assert subject
    assert "\n" not in subject
    assert len(subject) < 80
    assert not re.search(r"[{}]|&#|&amp;|%\(|\n\n\n", subject + body)
    if language != "en":
        english = text_of(letter(name, "en"))
        assert subject != english[0]
        assert not set(sentences(body)) & set(sentences(english[1]))


def sentences(body: str) -> list[str]:
    return [line for line in body.splitlines() if " " in line.strip() and "Firefox" not in line]


@pytest.mark.parametrize(
    "name", ["email_confirmation_signup", "email_confirmation", "login_code", "password_reset_code"]
)
def test_a_code_stands_alone_on_its_line_and_in_the_subject(name):
    subject, body = text_of(letter(name, "en"))
    assert "1234-5678" in subject
    assert "    1234-5678\n" in body
