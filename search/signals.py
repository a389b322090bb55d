"""The queue's one receiver: every change that an index shows becomes a row, in the transaction of the change.

Only the models that an index names are listened to, each by itself: a listener to all would cost every other model
its fast deletion. Bulk writes send no signals; they call `services.note_changes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from search import changes, tasks, vocabulary
from search.indexes import RecordIndex, all_indexes

_kinds: dict[type[models.Model], str] = {}  # models with an index of their own
_showing: dict[type[models.Model], list[RecordIndex]] = defaultdict(list)  # indexes in whose documents rows show


def connect() -> None:
    """Listen to what the indexes of the installed apps name. Connecting twice changes nothing."""
    for index in all_indexes().values():
        _kinds[index.get_model()] = index.kind
        for model in index.related:
            if index not in _showing[model]:
                _showing[model].append(index)
        for field in index.get_model()._meta.many_to_many:
            m2m_changed.connect(
                on_links, sender=field.remote_field.through, dispatch_uid=f"search {index.kind} {field.name}"
            )
    for model in {*_kinds, *_showing, *vocabulary.MODELS}:
        label = model._meta.label
        post_save.connect(on_save, sender=model, dispatch_uid=f"search {label}")
        pre_delete.connect(before_delete, sender=model, dispatch_uid=f"search {label}")
        post_delete.connect(on_delete, sender=model, dispatch_uid=f"search {label}")


def note(kind: str, ids: Iterable[int]) -> None:
    changes.note(kind, ids)
    tasks.wake()


def on_save(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    if sender in _kinds:
        note(_kinds[sender], [instance.pk])
    if sender in _showing or sender in vocabulary.MODELS:
        note(sender._meta.label_lower, [instance.pk])


def on_bulk(model: type[models.Model], pks: Iterable[int]) -> None:
    """Rows that the vocabulary changed past the signals, as it tells through `taxonomy.changes`."""
    if model in _kinds:
        note(_kinds[model], pks)
    if model in _showing or model in vocabulary.MODELS:
        note(model._meta.label_lower, pks)


def before_delete(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    """Note the records a row shows in while it can still be told which they are."""
    for index in _showing.get(sender, ()):
        note(index.kind, list(index.affected(sender, [instance.pk])))


def on_delete(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    if sender in _kinds:
        note(_kinds[sender], [instance.pk])
    if sender in vocabulary.MODELS:
        note(sender._meta.label_lower, [instance.pk])


def on_links(instance: models.Model, action: str, model: type[models.Model], pk_set: set[int] | None, **_: Any) -> None:
    """Terms given to or taken from a record, from either side of the relation."""
    if not action.startswith("post_") and action != "pre_clear":
        return
    if type(instance) in _kinds:
        note(_kinds[type(instance)], [instance.pk])
    elif model in _kinds and pk_set:
        note(_kinds[model], sorted(pk_set))
    elif action == "pre_clear":
        before_delete(type(instance), instance)
