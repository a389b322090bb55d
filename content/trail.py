"""The audit trail: every change of what was signed up, with who made it, before and after (django-auditlog).

Rows that are written in bulk leave no trace: an import has a run of its own, which says what it brought.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import QuerySet
from django.urls import reverse
from modeltranslation.translator import NotRegistered, translator

from content import services
from content.models import Entry
from members.permissions import is_administrator

if TYPE_CHECKING:
    from members.models import User

Save = Callable[..., None]  # (record=, by=)

NOISE = {"created_at", "updated_at", "view_count", "download_count"}
_kept: dict[type[models.Model], Save | None] = {}


def keep(
    model: type[models.Model],
    *,
    only: Collection[str] = (),
    without: Collection[str] = (),
    many: Collection[str] = (),
    save: Save | None = None,
) -> None:
    """Have the changes of a model kept. To be called when its translations are known, in `apps.py ready()`.

    `many`: its many-to-many fields. `save`: how a field is brought back to what it was; without, it is not.
    """
    excluded = {*without, *NOISE, *_base_columns(model)} - set(only)
    auditlog.register(model, include_fields=list(only), exclude_fields=sorted(excluded), m2m_fields=set(many))
    _kept[model] = save


def _base_columns(model: type[models.Model]) -> list[str]:
    """A translated field shows one of its languages: each of those is kept, and not the same words twice."""
    try:
        return list(translator.get_options_for_model(model).get_field_names())
    except NotRegistered:
        return []


def kept() -> list[type[models.Model]]:
    return list(_kept)


# ---------- Reading ----------


def entries(user: User) -> QuerySet[LogEntry]:
    """Newest first. Changes of members' roles are for administrators."""
    rows = LogEntry.objects.select_related("actor", "content_type").order_by("-pk")
    if is_administrator(user):
        return rows
    members = [model for model in _kept if model._meta.label == settings.AUTH_USER_MODEL]
    return rows.exclude(content_type__in=ContentType.objects.get_for_models(*members).values()) if members else rows


def address(record: models.Model) -> str:
    """The page of everything that happened to a record."""
    return f"{reverse('trail')}?kind={ContentType.objects.get_for_model(record).pk}&record={record.pk}"


# ---------- Bringing back ----------


def can_restore(entry: LogEntry, field: str) -> bool:
    """Texts and facts of records, and a record that was withdrawn."""
    model = entry.content_type.model_class()
    if model is None or _kept.get(model) is None or entry.action != LogEntry.Action.UPDATE:
        return False
    before = (entry.changes_dict or {}).get(field)
    if not isinstance(before, list):  # a change of many-to-many rows is told in another way
        return False
    if field == "status":
        return before == [Entry.Status.PUBLISHED, Entry.Status.WITHDRAWN]
    return field not in (*services.LIFE, "slug", "submitted_at", "owner")


@transaction.atomic
def restore(*, entry: LogEntry, field: str, by: User) -> Entry:
    """Bring a field of a record back to what it was before a change. The trail keeps that too.

    Raises ValueError for what cannot be brought back, ObjectDoesNotExist where the record is gone, ValidationError
    where its former value is.
    """
    model = entry.content_type.model_class()
    save = _kept.get(model) if model else None
    if model is None or save is None or not can_restore(entry, field):
        raise ValueError(f"{field} is not brought back.")
    record = model._default_manager.select_for_update().get(pk=entry.object_id)
    if field == "status":
        services.publish(record=record, by=by)
        return record
    column = model._meta.get_field(field)
    value = column.clean(column.to_python(entry.changes_dict[field][0]), record)
    setattr(record, column.attname, value)
    save(record=record, by=by)
    return record
