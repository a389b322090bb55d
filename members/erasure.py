"""What is held about a person, and how it goes: every app says what its own tables hold.

A model with a person in it is named by a holding or it is harmless for a reason; tests/members/test_erasure.py walks
all models and fails on one that is neither. Holdings are erased in one transaction, those of upper floors first.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditlog.context import disable_auditlog
from auditlog.models import LogEntry as AuditEntry
from django.conf import settings
from django.contrib.admin.models import LogEntry as AdminEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from members import letters
from members.models import User

if TYPE_CHECKING:
    from django.core.files.base import File
    from django.utils.functional import _StrPromise

logger = logging.getLogger(__name__)
NOWHERE = "@former-member.invalid"  # RFC 2606: nobody can ever have an address there
Row = Mapping[str, Any]


def _no_files(user: User) -> Iterable[tuple[str, File]]:
    return ()


@dataclass(frozen=True)
class Holding:
    """What one app holds about a person, in one part of the export."""

    key: str  # name of its file in the export
    label: _StrPromise
    models: tuple[type[models.Model], ...]
    export: Callable[[User], Iterable[Row]]  # plain data, read as it goes; never a secret
    erase: Callable[[User], None]  # runs in the one transaction; touches files on commit only
    files: Callable[[User], Iterable[tuple[str, File]]] = _no_files  # (path in the export, file)
    keeps: _StrPromise | str = ""  # what stays, and why it may


_holdings: dict[str, Holding] = {}
_harmless: dict[type[models.Model], str] = {}
_sweepers: list[Callable[[], None]] = []


def register(holding: Holding) -> None:
    """Raises ValueError when the key is taken."""
    if holding.key in _holdings:
        raise ValueError(f"The holding {holding.key} is registered already.")
    _holdings[holding.key] = holding


def harmless(model: type[models.Model], why: str) -> None:
    """Say why a model whose fields sound like a person's holds nothing that is theirs to take away."""
    _harmless[model] = why


def sweep_with(sweeper: Callable[[], None]) -> None:
    """Have something forgotten later, by the hour, that had to outlive the account for a while."""
    _sweepers.append(sweeper)


def all_holdings() -> list[Holding]:
    """Upper floors first: apps sign up from the ground floor upwards."""
    return list(reversed(_holdings.values()))


def accounted_for() -> set[type[models.Model]]:
    return {model for holding in _holdings.values() for model in holding.models} | _harmless.keys()


def sweep() -> None:
    for sweeper in _sweepers:
        sweeper()


@transaction.atomic
def erase(*, user: User) -> None:
    """Delete an account: the row stays as a former member, everything that says who it was goes. Twice is once.

    A crash before the end leaves everything as it was.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_former:
        return
    address, language = user.email, user.language
    with disable_auditlog():  # it would write down what is being forgotten
        for holding in all_holdings():
            holding.erase(user)
        _leave_former_member(user)
    letters.send(
        letters.AccountLetter(
            "account_erased",
            f"account-erased:{user.pk}",
            address,
            language,
            {"portal_contact": settings.PORTAL_CONTACT},
        )
    )
    logger.info("Account %s was deleted", user.pk)


def _leave_former_member(user: User) -> None:
    user.groups.clear()
    user.user_permissions.clear()
    forget_trail(User, [user.pk])
    left = User(pk=user.pk, date_joined=user.date_joined, erased_at=timezone.now(), is_active=False)
    left.email = f"{secrets.token_hex(8)}{NOWHERE}"
    left.set_unusable_password()
    left.save(force_update=True)


# ---------- Helpers for holdings ----------


def told(queryset: models.QuerySet, *without: str) -> Iterator[Row]:
    """Rows as plain data, read a few hundred at a time: relations by their names, without the person themself."""
    fields = [
        one
        for one in queryset.model._meta.get_fields()
        if getattr(one, "concrete", False) and one.name not in without and one.related_model is not User
    ]
    ones = [one.name for one in fields if one.is_relation and not one.many_to_many]
    many = [one.name for one in fields if one.many_to_many]
    rows = queryset.select_related(*ones).prefetch_related(*many) if ones or many else queryset
    for row in rows.iterator(chunk_size=200):
        yield {one.name: _plain(row, one) for one in fields}


def _plain(row: models.Model, field: Any) -> Any:
    if field.many_to_many:
        return [str(one) for one in getattr(row, field.name).all()]
    value = getattr(row, field.name)
    if isinstance(value, FieldFile):
        return value.name
    return str(value) if isinstance(value, models.Model) else value


def forget_trail(model: type[models.Model], pks: Iterable[Any]) -> None:
    """Delete what the audit trail and the admin's log say about rows: their texts are kept in there too."""
    about = {"content_type": ContentType.objects.get_for_model(model)}
    keys = [str(pk) for pk in pks]
    AuditEntry.objects.filter(**about, object_pk__in=keys).delete()
    AdminEntry.objects.filter(**about, object_id__in=keys).delete()
