"""The cast of the demonstration: one account for each role, and the members who shared its publications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from members import consents
from members.models import User
from members.roles import Role, set_roles

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PASSWORD = "demo-portal"  # noqa: S105  (told on the sign-in page of the demonstration, and of nothing else)
HOST = "demo.example"


@dataclass(frozen=True)
class Account:
    """Somebody to sign in as."""

    name: str  # before the @
    display_name: str
    says: _StrPromise  # who that is, on the sign-in page
    language: str = "en"
    roles: tuple[Role, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.name}@{HOST}"


ACCOUNTS = (
    Account("staff", "Camille Moreau", _("Editor: decides what members send in"), "fr", (Role.EDITOR,)),
    Account(
        "administrator",
        "Tomás Rivera",
        _("Administrator: gives roles, closes accounts, may do everything"),
        "es",
        (Role.ADMINISTRATOR,),
    ),
    Account("member", "Samuel Okello", _("Member: shares, follows, writes to colleagues")),
    Account("other", "Aïcha Maïga", _("Another member, who runs a community in French"), "fr"),
    Account("trusted", "Lucía Hernández Ríos", _("Trusted member: publishes at once"), "es", (Role.TRUSTED,)),
    Account(
        "ambassador",
        "Fatou Ndiaye",
        _("Ambassador: shares under that name, and is in a private community"),
        "fr",
        (Role.AMBASSADOR,),
    ),
    Account("translator", "João Pereira", _("Translator, who runs a community in Spanish"), "es", (Role.TRANSLATOR,)),
    Account("community-admin", "Meera Iyengar", _("Runs a community, where cases wait for a decision")),
    Account("facilitator", "Grace Tan", _("Facilitator of that community: decides beside its administrator")),
    Account("newcomer", "Dorji Wangchuk", _("New member: a first post waits for a moderator")),
)


def accounts_to_show() -> tuple[Account, ...]:
    """What the sign-in page lists: nobody, unless this is the demonstration."""
    return ACCOUNTS if settings.DEMO else ()


def load_accounts() -> dict[str, User]:
    """The accounts by the name of their holder. Their passwords are public: only the demonstration may have them.

    Raises RuntimeError anywhere else.
    """
    if not settings.DEMO:
        raise RuntimeError("Demonstration accounts have a public password: they are made with PORTAL_DEMO=yes only.")
    known = {user.email: user for user in User.objects.filter(email__in=[account.email for account in ACCOUNTS])}
    for account in ACCOUNTS:
        if account.email not in known:
            known[account.email] = _make(account)
    return {known[account.email].display_name: known[account.email] for account in ACCOUNTS}


@transaction.atomic
def _make(account: Account) -> User:
    user = User.objects.create_user(
        account.email, PASSWORD, display_name=account.display_name, language=account.language
    )
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    set_roles(user=user, roles=account.roles, by=None)
    consents.note_signup(user=user, language=account.language, source="/accounts/signup/")
    return user


def load_members(languages: dict[str, str]) -> dict[str, User]:
    """Members who shared something and whom nobody signs in as, by name. `languages`: which one each of them reads."""
    emails = {name: f"{slugify(name)}@members.{HOST}" for name in languages}
    User.objects.bulk_create(
        [
            User(email=email, display_name=name, language=languages[name], password=make_password(None))
            for name, email in emails.items()
        ],
        ignore_conflicts=True,
    )
    by_email = {user.email: user for user in User.objects.filter(email__in=emails.values())}
    return {name: by_email[email] for name, email in emails.items()}
