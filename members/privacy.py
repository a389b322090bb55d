"""What accounts hold about a person: the row itself, addresses, ways to sign in, sessions, consents, trails."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from auditlog.models import LogEntry as AuditEntry
from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from members import consents, erasure, exports
from members.erasure import Holding, Row, told
from members.models import Consent, DataExport, User

if TYPE_CHECKING:
    from django.http import HttpRequest

TEXTS = Path(__file__).parent / "texts"
TERMS = consents.Purpose("terms", _("Terms of use and privacy notice"), TEXTS / "terms", is_needed=True)


def note_signup(request: HttpRequest, user: User, **_kwargs: object) -> None:
    """Hears allauth: somebody has just signed up on a page that said what they agree to."""
    consents.note_signup(user=user, language=request.LANGUAGE_CODE, source=request.path)


def _account(user: User) -> Iterable[Row]:
    yield {
        **next(iter(told(User.objects.filter(pk=user.pk), "password", "user_permissions"))),
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
    }


def _erase_addresses(user: User) -> None:
    EmailAddress.objects.filter(user=user).delete()  # codes on their way go with them


def _keys(user: User) -> Iterable[Row]:
    """Which ways to sign in there are; never what opens the door."""
    for key in Authenticator.objects.filter(user=user):
        name = key.data.get("name", "") if key.type == Authenticator.Type.WEBAUTHN else ""
        yield {"kind": key.type, "name": name, "made_at": key.created_at, "last_used_at": key.last_used_at}
    for account in SocialAccount.objects.filter(user=user):
        yield {
            "kind": account.provider,
            "identifier": account.uid,
            "made_at": account.date_joined,
            "last_used_at": account.last_login,
            "told_us": account.extra_data,
        }


def _erase_keys(user: User) -> None:
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()


def _sessions(user: User) -> Iterable[Row]:
    return UserSession.objects.filter(user=user).values("created_at", "last_seen_at", "ip", "user_agent").iterator()


def _erase_sessions(user: User) -> None:
    sessions = UserSession.objects.filter(user=user)
    Session.objects.filter(session_key__in=list(sessions.values_list("session_key", flat=True))).delete()
    sessions.delete()


def _erase_consents(user: User) -> None:
    Consent.objects.filter(user=user).update(address="", source="")


def _trail(user: User) -> Iterable[Row]:
    for entry in AuditEntry.objects.filter(actor=user).select_related("content_type").iterator():
        yield {
            "at": entry.timestamp,
            "did": entry.get_action_display(),
            "kind": str(entry.content_type),
            "number": entry.object_pk,
            "from": entry.remote_addr,
        }
    for entry in AdminEntry.objects.filter(user=user).select_related("content_type").iterator():
        yield {
            "at": entry.action_time,
            "did": entry.get_action_flag_display(),
            "kind": str(entry.content_type),
            "number": entry.object_id,
        }


def _erase_trail(user: User) -> None:
    AuditEntry.objects.filter(actor=user).update(actor_email=None, remote_addr=None, remote_port=None)


HOLDINGS = (
    Holding(
        "account",
        _("Your account"),
        (User, User.groups.through, User.user_permissions.through, EmailAddress),
        _account,
        _erase_addresses,
        keeps=_("A row without your name and address, with the day you joined, so that counts stay true."),
    ),
    Holding("sign-in", _("Ways you sign in"), (Authenticator, SocialAccount, SocialToken), _keys, _erase_keys),
    Holding("sessions", _("Where you are signed in"), (UserSession, Session), _sessions, _erase_sessions),
    Holding(
        "consents",
        _("What you agreed to"),
        (Consent,),
        lambda user: told(Consent.objects.filter(user=user), "id"),
        _erase_consents,
        keeps=_("That a former member agreed, and when; not where."),
    ),
    Holding(
        "exports",
        _("Your downloads of your data"),
        (DataExport,),
        lambda user: DataExport.objects.filter(user=user).values("asked_at", "ready_at", "size").iterator(),
        exports.erase_of,
    ),
    Holding(
        "trail",
        _("What you changed on the portal"),
        (AuditEntry, AdminEntry),
        _trail,
        _erase_trail,
        keeps=_("What was changed in records that stay, by a former member; not from where."),
    ),
)


def sign_up() -> None:
    consents.register(TERMS)
    for holding in HOLDINGS:
        erasure.register(holding)
