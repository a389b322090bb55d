"""Removing what populate made, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import CASCADE, Model, QuerySet

from content.models import ReviewStep
from files.models import PageText, StoredFile
from portal.populate.organisations import MARK
from portal.populate.publications import FILE, SOURCE
from publications.models import Publication, Publisher, Series
from search import services as search
from stakeholders.models import Organisation

CHUNK = 1000


def clear(progress: Callable[[int], object]) -> tuple[int, int]:
    """Removes publications and organisations, and says how many of each. Organisations that other records name stay."""
    publications = _delete(Publication.objects.filter(source=SOURCE), "publication", progress)
    if default_storage.exists(FILE) and not StoredFile.objects.filter(file=FILE).exists():
        default_storage.delete(FILE)
    kind = ContentType.objects.get_for_model(Organisation)
    made = ReviewStep.objects.filter(content_type=kind, note=MARK).values("object_id")
    needed = Publisher.objects.values("organisation_id")
    rows = Organisation.objects.filter(pk__in=made).exclude(pk__in=needed)
    rows = rows.exclude(pk__in=Series.objects.filter(organisation__isnull=False).values("organisation_id"))
    return publications, _delete(rows, "organisation", progress)


def _delete(rows: QuerySet, kind: str, progress: Callable[[int], object]) -> int:
    done = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            delete_some(rows.model, keys)
            search.note_changes(kind, keys)
        done += len(keys)
        progress(len(keys))
    return done


def delete_some(model: type[Model], keys: list[int]) -> None:
    """The rows and all that hangs on them, without a signal for each of them."""
    files = []
    if model is Publication:
        files = list(StoredFile.objects.filter(file=FILE, documents__publication__in=keys).values_list("pk", flat=True))
    for relation in model._meta.related_objects:
        if relation.on_delete is CASCADE:
            _erase(relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": keys}))
    for links in model._meta.many_to_many:
        through = links.remote_field.through
        if through is not None and through._meta.auto_created:
            _erase(through._default_manager.filter(**{f"{links.m2m_field_name()}__in": keys}))
    ReviewStep.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=keys).delete()
    _erase(model._default_manager.filter(pk__in=keys))
    PageText.objects.filter(file__in=files).delete()
    _erase(StoredFile.objects.filter(pk__in=files))


def _erase(rows: QuerySet) -> None:
    rows.order_by()._raw_delete(rows.db)
