"""What staff do to the topic tree, so that no link and no address is lost."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import ForeignKey, ManyToManyField, Model
from treebeard.models import Node

from taxonomy import changes
from taxonomy.models import Topic, TopicFormerSlug, TopicName


class MergeRefused(ValueError):
    """The two topics cannot become one."""


class SlugTaken(ValueError):
    """Another topic has, or had, this slug."""


@transaction.atomic
def merge_topics(*, topic: Topic, into: Topic) -> None:
    """Give everything that one topic has to another and delete it: its names become synonyms, its address leads on.

    Raises MergeRefused when the target is the topic itself or stands below it.
    """
    topic, into = Topic.objects.get(pk=topic.pk), Topic.objects.get(pk=into.pk)
    if into.path.startswith(topic.path):
        raise MergeRefused(f"{into.slug} stands below {topic.slug}, or is {topic.slug} itself.")
    _move_names(topic, into)
    into.related.add(*topic.related.exclude(pk=into.pk))
    for model, pks in _move_links(topic, into).items():
        changes.announce(model, pks)
    for child in list(Topic.objects.get_children(topic)):
        Topic.objects.move(child, Topic.objects.get(pk=into.pk), "sorted-child")
    Topic.objects.get(pk=topic.pk).delete()  # read anew, as moving its children changed its row
    TopicFormerSlug.objects.create(slug=topic.slug, topic=into)
    announce_branch(topic=into)


@transaction.atomic
def rename_topic_slug(*, topic: Topic, slug: str) -> None:
    """Give a topic a new address. The one it had keeps working. Raises SlugTaken."""
    if topic.slug == slug:
        return
    if is_slug_taken(topic=topic, slug=slug):
        raise SlugTaken(slug)
    TopicFormerSlug.objects.filter(slug=slug, topic=topic).delete()  # it takes back one that it had
    TopicFormerSlug.objects.create(slug=topic.slug, topic=topic)
    topic.slug = slug
    topic.save(update_fields=["slug", "updated_at"])
    announce_branch(topic=topic)


def is_slug_taken(*, topic: Topic, slug: str) -> bool:
    others = Topic.objects.exclude(pk=topic.pk).filter(slug=slug)
    return others.exists() or TopicFormerSlug.objects.exclude(topic=topic.pk).filter(slug=slug).exists()


def announce_branch(*, topic: Topic) -> None:
    """Tell of a topic and all below it, whose line of ancestors is another after a move."""
    path = Topic.objects.values_list("path", flat=True).get(pk=topic.pk)
    changes.announce(Topic, list(Topic.objects.filter(path__startswith=path).values_list("pk", flat=True)))


def _move_names(topic: Topic, into: Topic) -> None:
    """Labels and other names become synonyms of the target, but for those that it has already."""
    taken = {(name.language, name.text.casefold()) for name in into.names.all()}
    taken |= {(code, label.casefold()) for code, label in into.labels().items()}
    offered = [(code, label, TopicName.Kind.SYNONYM) for code, label in topic.labels().items()]
    offered += [(name.language, name.text, name.kind) for name in topic.names.all()]
    for language, text, kind in offered:
        if (language, text.casefold()) not in taken:
            taken.add((language, text.casefold()))
            TopicName.objects.create(topic=into, language=language, text=text, kind=kind)


def _move_links(topic: Topic, into: Topic) -> dict[type[Model], Collection[int]]:
    """Point at the target whatever points at the topic, in tables of floors we know nothing of.

    Returns the records whose terms changed, by model.
    """
    touched: dict[type[Model], Collection[int]] = {}
    for relation in Topic._meta.related_objects:
        if relation.field.model is TopicName or issubclass(relation.related_model, Node):
            continue
        if isinstance(relation.field, ManyToManyField):
            touched[relation.related_model] = _move_many_to_many(relation.field, topic, into)
        elif isinstance(relation.field, ForeignKey):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: topic.pk})
            touched[relation.related_model] = list(rows.values_list("pk", flat=True))
            rows.update(**{relation.field.name: into.pk})
    return touched


def _move_many_to_many(field: ManyToManyField, topic: Topic, into: Topic) -> list[int]:
    """The through table's rows, without linking a record to the target twice."""
    through, own, other = field.remote_field.through, field.m2m_column_name(), field.m2m_reverse_name()
    rows = through._base_manager.filter(**{other: topic.pk})  # type: ignore[union-attr]
    records = list(rows.values_list(own, flat=True))
    linked = through._base_manager.filter(**{other: into.pk}).values_list(own, flat=True)  # type: ignore[union-attr]
    rows.filter(**{f"{own}__in": list(linked)}).delete()
    rows.update(**{other: into.pk})
    return records
