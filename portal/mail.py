"""Settings of the ways letters leave: a mail server, a provider with an interface of its own, or files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SMTP = "django.core.mail.backends.smtp.EmailBackend"
GATED_SMTP = "notifications.smtp.EmailBackend"  # knows until when a letter has not left
NONE = "none"


@dataclass(frozen=True)
class Provider:
    key: str  # anymail's name for the key we show
    signing_key: str = ""  # and for the one its news are signed with; none: they come with a name and a password


PROVIDERS = {
    "brevo": Provider("BREVO_API_KEY"),
    "mailgun": Provider("MAILGUN_API_KEY", "MAILGUN_WEBHOOK_SIGNING_KEY"),
    "postmark": Provider("POSTMARK_SERVER_TOKEN"),
    "sendgrid": Provider("SENDGRID_API_KEY"),
}


def backend(configured: str, provider: str) -> str:
    if provider != NONE:
        return f"anymail.backends.{provider}.EmailBackend"
    return GATED_SMTP if configured == SMTP else configured


def anymail(provider: str, key: str, secret: str) -> dict[str, Any]:
    if provider == NONE:
        return {}
    chosen = PROVIDERS[provider]
    return {chosen.key: key, chosen.signing_key or "WEBHOOK_SECRET": secret}
