"""What allauth's forms ask, in our words. Which form stands where: ACCOUNT_FORMS and MFA_FORMS in the settings."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp.forms import ActivateTOTPForm as TOTPForm
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as elsewhere
from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members.models import User
from members.passwords import UnlikeThePerson

CODE_HINT = _("The code in our message, with or without its dash.")
EMAIL_ERRORS = {
    "required": _("Enter your email address"),
    "invalid": _("Enter an email address such as name@example.org"),
}
CODE_ERRORS = {"required": _("Enter the code")}
PASSWORD_HINT = _("At least 12 characters. Three words you will remember are fine.")


class Worded(forms.Form):
    """Labels above, never inside the field; hints and errors that say what to do."""

    words: dict[str, dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            for what, text in self.words.get(name, {}).items():
                if what == "errors":
                    field.error_messages.update(text)
                elif what == "attrs":
                    field.widget.attrs.update(text)
                else:
                    setattr(field, what, text)


def email(label: Any, hint: Any = "", autocomplete: str = "username") -> dict[str, Any]:
    attrs = {"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"}
    return {"label": label, "help_text": hint, "errors": EMAIL_ERRORS, "attrs": attrs}


def password(label: Any, missing: Any, hint: Any = "") -> dict[str, Any]:
    return {"label": label, "help_text": hint, "errors": {"required": missing}}


EMAIL = email(_("Email address"))
NEW_EMAIL = email(_("Email address"), _("We send one message to confirm it. It is never shown."), "email")
PASSWORD = password(_("Password"), _("Enter your password"))
NEW_PASSWORD = password(_("New password"), _("Choose a password"), PASSWORD_HINT)
AGAIN = password(_("New password again"), _("Type the new password again"))
ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "12", "spellcheck": "false"}
CODE = {"label": _("Code"), "help_text": CODE_HINT, "errors": CODE_ERRORS, "attrs": ATTRS}
APP_CODE = CODE | {"help_text": _("The six figures your app shows now, or one of your spare codes.")}


class AboutMe(Worded):
    """The half of signing up that is not the key to the door. Only these fields reach the member's row."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As colleagues know you. Shown on what you share."),
        error_messages={"required": _("Enter your name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language for our emails"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        if trap := self.fields.get(settings.ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD):
            trap.label = _("Leave this empty")
            trap.widget.attrs = {"tabindex": "-1", "autocomplete": "off"}

    def clean_display_name(self) -> str:
        return " ".join(self.cleaned_data["display_name"].split())


class SignupForm(AboutMe, account.SignupForm):
    field_order = ("display_name", "email", "password1", "language")
    words = {"email": NEW_EMAIL, "password1": password(_("Password"), _("Choose a password"), PASSWORD_HINT)}

    def clean(self) -> dict[str, Any]:
        """allauth compares the password with the address only."""
        cleaned = super().clean()
        password, name = cleaned.get("password1"), cleaned.get("display_name")
        if password and name and "password1" not in self.errors:
            try:
                UnlikeThePerson().validate(password, User(display_name=name))
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[AbstractBaseUser | None, HttpResponse | None]:
        """One act, so that no account is left without its address."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # takes as long as for a new address, which would tell
        with transaction.atomic():
            return super().try_save(request)


class ElsewhereSignupForm(AboutMe, elsewhere.SignupForm):
    field_order = ("display_name", "email", "language")
    words = {"email": NEW_EMAIL}


class LoginForm(Worded, account.LoginForm):
    words = {"login": EMAIL, "password": PASSWORD}


class RequestLoginCodeForm(Worded, account.RequestLoginCodeForm):
    words = {"email": EMAIL}


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    words = {"email": EMAIL}


class AddEmailForm(Worded, account.AddEmailForm):
    words = {"email": email(_("Another address"), _("We send a code to it. It is never shown."), "email")}


class ChangeEmailForm(Worded, account.ChangeEmailForm):
    words = {"email": NEW_EMAIL}


class ConfirmEmailVerificationCodeForm(Worded, account.ConfirmEmailVerificationCodeForm):
    words = {"code": CODE}


class ConfirmLoginCodeForm(Worded, account.ConfirmLoginCodeForm):
    words = {"code": CODE}


class ConfirmReauthenticationCodeForm(Worded, account.ConfirmReauthenticationCodeForm):
    words = {"code": CODE}


class ConfirmPasswordResetCodeForm(Worded, account.ConfirmPasswordResetCodeForm):
    words = {"code": CODE}


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    words = {"password": PASSWORD}


class TwiceTheSame(Worded):
    """Both new passwords are the same; the sentence is ours."""

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, _("The two passwords differ. Type the same twice.") if field == "password2" else error)


class ChangePasswordForm(TwiceTheSame, account.ChangePasswordForm):
    words = {
        "oldpassword": password(_("Present password"), _("Enter your present password")),
        "password1": NEW_PASSWORD,
        "password2": AGAIN,
    }


class SetPasswordForm(TwiceTheSame, account.SetPasswordForm):
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ResetPasswordKeyForm(TwiceTheSame, account.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class AuthenticateForm(Worded, second_step.AuthenticateForm):
    words = {"code": APP_CODE}


class ReauthenticateByCodeForm(Worded, second_step.ReauthenticateForm):
    words = {"code": APP_CODE}


class ActivateTOTPForm(Worded, TOTPForm):
    words = {"code": CODE | {"help_text": _("The six figures your app shows now.")}}


PASSKEY_NAME = {"label": _("Name"), "errors": {"required": _("Enter a name")}}


class AddPasskeyForm(Worded, webauthn.AddWebAuthnForm):
    words = {
        "name": PASSKEY_NAME | {"help_text": _("So that you know it again, such as “My phone”.")},
        "passwordless": {
            "label": _("Sign in with it alone, without a password"),
            "help_text": _("The device asks for your finger, your face or its PIN."),
            "initial": True,
        },
    }


class EditPasskeyForm(Worded, webauthn.EditWebAuthnForm):
    words = {"name": PASSKEY_NAME}
