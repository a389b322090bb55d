"""Signing in with an account of another house: only with those whose keys the environment holds.

A provider without keys has no app installed, hence no address and no button. Return addresses to register at a provider
are one for each language, such as https://portal.example/en/accounts/google/login/callback/ (LinkedIn:
/en/accounts/oidc/linkedin/login/callback/).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Keys = Mapping[str, tuple[str, str]]  # provider: client id and secret


@dataclass(frozen=True)
class House:
    name: str
    origin: str  # where its sign-in page is, which our policy must let a form lead to
    package: str  # of allauth.socialaccount.providers
    more: dict[str, Any] = field(default_factory=dict)


HOUSES = {
    "google": House("Google", "https://accounts.google.com", "google"),
    "linkedin": House(
        "LinkedIn",
        "https://www.linkedin.com",
        "openid_connect",
        {"provider_id": "linkedin", "settings": {"server_url": "https://www.linkedin.com/oauth"}},
    ),
    "orcid": House("ORCID", "https://orcid.org", "orcid"),
    "microsoft": House("Microsoft", "https://login.microsoftonline.com", "microsoft"),
}


def _open(keys: Keys) -> list[tuple[House, str, str]]:
    return [(HOUSES[provider], client, secret) for provider, (client, secret) in keys.items() if client and secret]


def apps(keys: Keys) -> list[str]:
    return [f"allauth.socialaccount.providers.{house.package}" for house, _client, _secret in _open(keys)]


def providers(keys: Keys) -> dict[str, dict[str, Any]]:
    """As allauth reads them from SOCIALACCOUNT_PROVIDERS."""
    return {
        house.package: {"APPS": [{"name": house.name, "client_id": client, "secret": secret} | house.more]}
        for house, client, secret in _open(keys)
    }


def origins(keys: Keys) -> list[str]:
    return [house.origin for house, _client, _secret in _open(keys)]
