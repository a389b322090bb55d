"""Somebody at the door: letters they get, keys they hold."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from members.models import User
from notifications.models import Letter

PASSWORD = "three long words"


def member(email: str = "awa@example.org", *, language: str = "en", password: str = PASSWORD, **fields) -> User:
    user = User.objects.create_user(email, password, display_name="Awa Diallo", language=language, **fields)
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    return user


def newest_letter(address: str) -> Letter:
    return Letter.objects.filter(address=address).latest("pk")


def code_for(address: str) -> str:
    return newest_letter(address).context["code"]


def text_of(letter: Letter) -> tuple[str, str]:
    """Subject and body as somebody reads them."""
    with override(letter.language):
        words = letter.context | {"portal_name": str(settings.PORTAL_NAME)}
        return (
            render_to_string(f"letters/{letter.template}_subject.txt", words).strip(),
            render_to_string(f"letters/{letter.template}.txt", words),
        )


def join(client, language: str = "en", following: str = "", **fields):
    asked = {
        "display_name": "Awa Diallo",
        "email": "awa@example.org",
        "password1": PASSWORD,
        "language": language,
        "remarks": "",
    }
    if following:
        asked["next"] = following
    return client.post(f"/{language}/accounts/signup/", asked | fields)


def sign_in(client, email: str = "awa@example.org", password: str = PASSWORD, **more):
    return client.post("/en/accounts/login/", {"login": email, "password": password} | more)


def is_in(client) -> bool:
    return "_auth_user_id" in client.session
