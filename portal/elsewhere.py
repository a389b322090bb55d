"""Signing in with an account of another house: only with those whose keys the environment holds.

A provider without keys has no app installed, hence no address and no button.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Keys = Mapping[str, tuple[str, str]]  # provider: client id and secret

NAMES = {"google": "Google", "linkedin": "LinkedIn", "orcid": "ORCID", "microsoft": "Microsoft"}
LINKEDIN = {"provider_id": "linkedin", "name": "LinkedIn", "settings": {"server_url": "https://www.linkedin.com/oauth"}}
PACKAGES = {"linkedin": "openid_connect"}


def apps(keys: Keys) -> list[str]:
    found = [PACKAGES.get(provider, provider) for provider, (client, secret) in keys.items() if client and secret]
    return [f"allauth.socialaccount.providers.{package}" for package in found]


def providers(keys: Keys) -> dict[str, dict[str, Any]]:
    """As allauth reads them from SOCIALACCOUNT_PROVIDERS."""
    found: dict[str, dict[str, Any]] = {}
    for provider, (client, secret) in keys.items():
        if client and secret:
            app = {"client_id": client, "secret": secret} | (LINKEDIN if provider == "linkedin" else {})
            found[PACKAGES.get(provider, provider)] = {"APPS": [app]}
    return found
