"""The queue's one receiver: every change that an index shows becomes a row, in the transaction of the change.

Only the models that an index names are listened to, each by itself: a listener to all would cost every other model
its fast deletion. Bulk writes send no signals; they call `services.note_changes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from search import changes, tasks, vocabulary
from search.indexes import RecordIndex, all_indexes

SIGNED_IN = {"last_login"}  # written at each sign-in, and in no document
_kinds: dict[type[models.Model], list[str]] = defaultdict(list)  # models with indexes of their own
_showing: dict[type[models.Model], list[RecordIndex]] = defaultdict(list)  # indexes in whose documents rows show


def connect() -> None:
    """Listen to what the indexes of the installed apps name. Connecting twice changes nothing."""
    for index in all_indexes().values():
        own = index.get_model()
        if index.kind not in _kinds[own]:
            _kinds[own].append(index.kind)
        for model in index.related:
            if index not in _showing[model]:
                _showing[model].append(index)
        for field in own._meta.many_to_many:
            m2m_changed.connect(
                on_links, sender=field.remote_field.through, dispatch_uid=f"search {own._meta.label} {field.name}"
            )
    for model in {*_kinds, *_showing, *vocabulary.MODELS}:
        label = model._meta.label
        post_save.connect(on_save, sender=model, dispatch_uid=f"search {label}")
        pre_delete.connect(before_delete, sender=model, dispatch_uid=f"search {label}")
        post_delete.connect(on_delete, sender=model, dispatch_uid=f"search {label}")


def note(kind: str, ids: Iterable[int]) -> None:
    changes.note(kind, ids)
    tasks.wake()


def _note_own(model: type[models.Model], pks: Iterable[int]) -> None:
    for kind in _kinds.get(model, ()):
        note(kind, pks)


def on_save(
    sender: type[models.Model], instance: models.Model, update_fields: Collection[str] | None = None, **_: Any
) -> None:
    if update_fields and SIGNED_IN.issuperset(update_fields):
        return
    _note_own(sender, [instance.pk])
    if sender in _showing or sender in vocabulary.MODELS:
        note(sender._meta.label_lower, [instance.pk])


def on_bulk(model: type[models.Model], pks: Iterable[int]) -> None:
    """Rows that the vocabulary changed past the signals, as it tells through `taxonomy.changes`."""
    _note_own(model, pks)
    if model in _showing or model in vocabulary.MODELS:
        note(model._meta.label_lower, pks)


def before_delete(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    """Note the records a row shows in while it can still be told which they are."""
    for index in _showing.get(sender, ()):
        note(index.kind, list(index.affected(sender, [instance.pk])))


def on_delete(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    _note_own(sender, [instance.pk])
    if sender in vocabulary.MODELS:
        note(sender._meta.label_lower, [instance.pk])


def on_links(instance: models.Model, action: str, model: type[models.Model], pk_set: set[int] | None, **_: Any) -> None:
    """Terms given to or taken from a record, from either side of the relation."""
    if not action.startswith("post_") and action != "pre_clear":
        return
    if type(instance) in _kinds:
        _note_own(type(instance), [instance.pk])
    elif model in _kinds and pk_set:
        _note_own(model, sorted(pk_set))
    elif action == "pre_clear":
        before_delete(type(instance), instance)
