"""Rows of accounts: signing up, signing in, security."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from tests.access.rows import EVERYBODY, MEMBERS_ROOM, PAGE, Codes, Row, answers
from tests.world import World

# Who is in already is sent on, and who has a code to type is led to where it is typed.
DOOR: dict[str, Codes] = {"": answers(200, unverified=302, member=302)}
ON_THE_WAY: dict[str, Codes] = {
    "": answers(302)
}  # needs a step before: a code that was sent, or showing that it is you
NOT_SET_UP: dict[str, Codes] = {"": answers(302, member=404)}


def at(name: str, *args: object) -> Callable[[World, str], str]:
    return lambda world, state: reverse(name, args=args)


ROWS: dict[str, Row] = {
    "account_login": Row(DOOR, at("account_login")),
    "account_signup": Row(DOOR, at("account_signup")),
    "account_request_login_code": Row(DOOR, at("account_request_login_code")),
    "account_reset_password": Row(PAGE, at("account_reset_password")),
    "account_logout": Row({"": answers(302, member=200)}, at("account_logout")),
    "account_inactive": Row(PAGE, at("account_inactive")),
    "account_password_reset_completed": Row(PAGE, at("account_password_reset_completed")),
    "account_email": Row(MEMBERS_ROOM, at("account_email")),
    "account_change_password": Row(MEMBERS_ROOM, at("account_change_password")),
    "account_reauthenticate": Row(MEMBERS_ROOM, at("account_reauthenticate")),
    "account_request_reauthentication_code": Row(MEMBERS_ROOM, at("account_request_reauthentication_code")),
    "account_remove_email": Row(
        {"": answers(302, member=200, other_member=404)},
        lambda world, state: f"{reverse('account_remove_email')}?email=second@world.example",
    ),
    "mfa_index": Row(MEMBERS_ROOM, at("mfa_index")),
    "mfa_list_webauthn": Row(MEMBERS_ROOM, at("mfa_list_webauthn")),
    "mfa_view_recovery_codes": Row(NOT_SET_UP, at("mfa_view_recovery_codes")),
    "mfa_download_recovery_codes": Row(NOT_SET_UP, at("mfa_download_recovery_codes")),
    "mfa_deactivate_totp": Row(NOT_SET_UP, at("mfa_deactivate_totp")),
    "mfa_edit_webauthn": Row(ON_THE_WAY, at("mfa_edit_webauthn", 1)),
    "mfa_remove_webauthn": Row(ON_THE_WAY, at("mfa_remove_webauthn", 1)),
    "mfa_login_webauthn": Row(ON_THE_WAY, at("mfa_login_webauthn")),
    "socialaccount_connections": Row(MEMBERS_ROOM, at("socialaccount_connections")),
    "socialaccount_login_cancelled": Row({"": EVERYBODY}, at("socialaccount_login_cancelled")),
    "socialaccount_login_error": Row({"": answers(401)}, at("socialaccount_login_error")),
    "usersessions_list": Row(MEMBERS_ROOM, at("usersessions_list")),
}
ROWS["account_email_verification_sent"] = Row({"": answers(302, unverified=200)}, at("account_email_verification_sent"))
ROWS |= {
    name: Row(ON_THE_WAY, at(name))
    for name in (
        "account_complete_password_reset",
        "account_confirm_login_code",
        "account_confirm_password_reset_code",
        "account_confirm_reauthentication_code",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "socialaccount_signup",
    )
}
# Former addresses that the library of accounts still answers.
ROWS |= {
    f"/{old}": Row({"": answers(301)}, lambda world, state, old=old: f"/en/accounts/{old}")
    for old in ("social/login/cancelled/", "social/login/error/", "social/signup/", "social/connections/")
}
