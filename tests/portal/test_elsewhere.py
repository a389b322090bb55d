"""Accounts of other houses are offered only where their keys are."""

from __future__ import annotations

from portal import elsewhere

NONE = dict.fromkeys(elsewhere.HOUSES, ("", ""))


def test_without_keys_nothing_is_offered():
    assert (elsewhere.apps(NONE), elsewhere.providers(NONE), elsewhere.origins(NONE)) == ([], {}, [])


def test_half_a_key_is_no_key():
    assert elsewhere.apps(NONE | {"google": ("id", "")}) == []


def test_a_house_with_keys_gets_an_app_and_a_form_may_lead_to_it():
    keys = NONE | {"orcid": ("id", "secret")}
    assert elsewhere.apps(keys) == ["allauth.socialaccount.providers.orcid"]
    assert elsewhere.providers(keys)["orcid"]["APPS"][0]["client_id"] == "id"
    assert elsewhere.origins(keys) == ["https://orcid.org"]


def test_linkedin_speaks_open_id_connect():
    app = elsewhere.providers(NONE | {"linkedin": ("id", "secret")})["openid_connect"]["APPS"][0]
    assert (app["provider_id"], app["name"]) == ("linkedin", "LinkedIn")
