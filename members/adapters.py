"""How allauth speaks and decides here. Its pages are in templates/account, mfa, socialaccount and usersessions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members import mails
from members.addresses import client_address, is_ours

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.forms import BaseForm

    from members.models import User

LIMITED = ("too_many_login_attempts", "rate_limited")
SILENT = ("account/messages/logged_in.txt", "account/messages/email_confirmation_sent.txt")  # the page says it


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "cannot_remove_primary_email": _("This is your main address. Make another one your main address first."),
        "duplicate_email": _("This address belongs to your account already."),
        "email_password_mismatch": _("This address and password do not match. Check both, or ask for a code by email."),
        "email_taken": _("This address cannot be used. Choose another."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is wrong. Look at the newest message we sent."),
        "incorrect_password": _("This is not your password."),
        "max_email_addresses": _("An account may have %d addresses. Remove one first."),
        "rate_limited": _("We sent you several codes already. Wait a minute, then ask again."),
        "same_as_current": _("This is the same as before."),
        "too_many_login_attempts": _("Too many wrong codes. Start again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mails.send(prefix=template_prefix, address=email, context=context)

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """Name and language beside what allauth saves; nothing else of the form reaches the row."""
        user.display_name = form.cleaned_data["display_name"]
        user.language = form.cleaned_data["language"]
        return super().save_user(request, user, form, commit)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_safe_url(self, url: str) -> bool:
        """Only the host that was asked; allauth would trust every host we answer to."""
        return is_ours(self.request, url)

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """A door that is shut answers 429, not a form with 200."""
        if code in LIMITED:
            self._refuse()
        return super().validation_error(code, *args)

    def _refuse(self) -> NoReturn:
        raise ImmediateHttpResponse(respond_429(self.request))

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args, **kwargs
    ) -> None:
        if message_template not in SILENT:
            super().add_message(request, level, message_template, *args, **kwargs)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whoever came in a moment ago need not show again who they are."""
        records = get_authentication_records(self.request, self.request.user)
        if any(time.time() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in records):
            return False
        return super().is_reauthentication_required(app=app)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Use my password"),
            "reauthenticate_by_code": _("Send me a code by email"),
            "mfa_reauthenticate": _("Use a code of my app"),
            "mfa_reauthenticate:webauthn": _("Use my passkey"),
        }
        return [
            method | {"description": words.get(method["id"], method["description"])}
            for method in super().get_reauthentication_methods(user)
        ]


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("An account with a second step keeps its addresses. Switch the second step off first."),
        "cannot_generate_recovery_codes": _("Spare codes need a second step. Set up an app or a passkey first."),
        "incorrect_code": _("This code is wrong. Wait for the next one and type it within half a minute."),
        "unverified_email": _("Confirm your email address first."),
    }

    def get_totp_issuer(self) -> str:
        return str(settings.PORTAL_NAME)

    def _get_site_name(self) -> str:
        return str(settings.PORTAL_NAME)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}


class ElsewhereAdapter(DefaultSocialAccountAdapter):
    """Accounts of other houses. They bring an address and perhaps a name; the rest is asked as of everybody."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _("Your account has no password yet. Choose one first."),
        "no_verified_email": _("Your account has no confirmed address yet. Confirm one first."),
        "disconnect_last": _("This is your only way to sign in. Choose a password first."),
        "connected_other": _("This account is connected to another member already."),
    }

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.display_name = data.get("name") or " ".join(part for part in parts if part)
        return user

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        initial = super().get_signup_form_initial_data(sociallogin)
        return initial | {"display_name": sociallogin.user.display_name}
