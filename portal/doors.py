"""The settings of django-allauth: which ways in there are, and how often somebody may knock. Nothing here differs
between machines."""

from __future__ import annotations

ACCOUNT_ADAPTER = "members.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # members.forms adds name and language
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "remarks"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True  # mandatory and by code: else sign-up tells which addresses we know
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Mail is slow where people read it on a phone far from the server.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 30 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 30 * 60
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": True, "length": 8}  # 1234-5678: one keyboard, any alphabet
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_EMAIL_NOTIFICATIONS = ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
# Counted in the database (docs/adr/0012). A workshop of thirty people behind one address can join within the hour.
ACCOUNT_RATE_LIMITS = {
    "signup": "8/m/ip,60/h/ip,200/d/ip",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "10/m/ip,3/m/key,20/d/key",
    "reset_password": "10/m/ip,3/m/key,20/d/key",
    "confirm_email": "1/10s/key,20/d/key",
    "register_webinar": "30/m/ip,300/h/ip,5/h/key",  # an office behind one address may come together
}
ACCOUNT_FORMS = {
    "add_email": "members.forms.AddEmailForm",
    "change_email": "members.forms.ChangeEmailForm",
    "change_password": "members.forms.ChangePasswordForm",
    "confirm_email_verification_code": "members.forms.ConfirmEmailVerificationCodeForm",
    "confirm_login_code": "members.forms.ConfirmLoginCodeForm",
    "confirm_password_reset_code": "members.forms.ConfirmPasswordResetCodeForm",
    "confirm_reauthentication_code": "members.forms.ConfirmReauthenticationCodeForm",
    "login": "members.forms.LoginForm",
    "reauthenticate": "members.forms.ReauthenticateForm",
    "request_login_code": "members.forms.RequestLoginCodeForm",
    "reset_password": "members.forms.ResetPasswordForm",
    "reset_password_from_key": "members.forms.ResetPasswordKeyForm",
    "set_password": "members.forms.SetPasswordForm",
    "signup": "members.forms.SignupForm",
}
MFA_ADAPTER = "members.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ
MFA_FORMS = {
    "activate_totp": "members.forms.ActivateTOTPForm",
    "add_webauthn": "members.forms.AddPasskeyForm",
    "authenticate": "members.forms.AuthenticateForm",
    "edit_webauthn": "members.forms.EditPasskeyForm",
    "reauthenticate": "members.forms.ReauthenticateByCodeForm",
}
SOCIALACCOUNT_ADAPTER = "members.adapters.ElsewhereAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False  # name and language are asked of everybody
SOCIALACCOUNT_FORMS = {"signup": "members.forms.ElsewhereSignupForm"}
