"""Joining in French without scripts, and a passkey from the first to the second time."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Reader
from tests.browser.looking import SIDEWAYS, violations
from tests.browser.people import PASSWORD, join, press


def looks_right(reader: Reader) -> None:
    assert violations(reader.page) == []
    assert reader.page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("width", [1280, 320])
def test_a_person_joins_in_french_without_scripts_and_comes_back(width, visit):
    reader = visit(language="fr", width=width, scripts=False)
    reader.open("/fr/discover/publications/?country=KE")
    reader.page.locator(".account a").first.click()
    reader.page.locator("main a[href*='/signup/']").first.click()
    assert reader.page.locator("[name=language]").input_value() == "fr"
    press(reader)
    assert reader.page.title().startswith("Erreur")
    assert reader.page.locator(".error-summary li").count() == 3
    join(reader, f"awa-{width}@example.org")
    assert reader.path == "/fr/discover/publications/?country=KE"
    assert reader.page.locator(".account a").first.inner_text().startswith("Awa Diallo")


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_of_security_looks_right(width, visit):
    reader = visit(language="fr", width=width)
    reader.open("/fr/accounts/signup/")
    join(reader, f"look-{width}@example.org")
    for path in ("email/", "password/change/", "2fa/", "2fa/webauthn/", "sessions/", "3rdparty/", "logout/"):
        reader.open(f"/fr/accounts/{path}")
        looks_right(reader)
    reader.open("/fr/accounts/2fa/totp/activate/")
    reader.page.fill("[name=password]", PASSWORD)
    press(reader)
    assert reader.path == "/fr/accounts/2fa/totp/activate/"
    looks_right(reader)
    reader.open("/fr/accounts/2fa/webauthn/add/")
    looks_right(reader)


def test_a_passkey_is_added_and_opens_the_account_alone(visit):
    reader = visit(language="fr")
    device = reader.context.new_cdp_session(reader.page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": options | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    reader.open("/fr/accounts/signup/")
    join(reader, "cle@example.org")
    reader.open("/fr/accounts/2fa/webauthn/add/")
    reader.page.fill("[name=password]", PASSWORD)
    press(reader)
    reader.page.fill("[name=name]", "Mon téléphone")
    assert reader.page.locator("[name=passwordless]").is_checked()
    reader.page.locator("main .btn--main").click()
    reader.page.wait_for_url("**/recovery-codes/")
    looks_right(reader)
    reader.open("/fr/accounts/2fa/webauthn/")
    assert "Mon téléphone" in reader.page.locator("main").inner_text()
    looks_right(reader)
    reader.open("/fr/accounts/logout/")
    press(reader)
    reader.open("/fr/accounts/login/?next=/fr/search/")
    reader.page.locator("[data-passkey-works] button").click()
    reader.page.wait_for_url(reader.site.base + "/fr/search/")  # not the one that only ends so
    assert "Awa Diallo" in reader.page.locator(".account").inner_text()


def test_without_scripts_a_passkey_says_what_it_needs(visit):
    reader = visit(language="fr", scripts=False)
    reader.open("/fr/accounts/login/")
    assert not reader.page.locator("[data-passkey-works]").is_visible()
    assert reader.page.locator("[data-passkey-missing]").is_visible()
