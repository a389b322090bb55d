"""The vocabulary of the data files, brought into the database in one transaction; safe to run again.

Files and database may both have moved on since the last time. What a file says anew wins; what it only repeats
is left as staff have edited it; what it no longer mentions is reported and kept, because records may carry it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import ForeignKey, Model
from django.utils import timezone

from taxonomy import changes, reading
from taxonomy.models import Country, Goal, Licence, LoadedEntry, PublicationType, Region, Topic, TopicFormerSlug
from taxonomy.reading import Entry

FOLDER = Path(__file__).resolve().parent / "vocabulary"


@dataclass
class Report:
    """How many entries of each kind were new or changed, and what a reader of the log should look at."""

    loaded: dict[str, int] = field(default_factory=dict)
    vanished: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


@transaction.atomic
def load_vocabulary(folder: Path = FOLDER) -> Report:
    """Raises OSError for a file that is missing and ValueError, naming it, for one that makes no sense."""
    report = Report()
    _load(report, PublicationType, "slug", reading.publication_types(folder))
    _load(report, Licence, "slug", reading.licences(folder))
    _load(report, Goal, "code", reading.goals(folder))
    _load(report, Region, "slug", reading.regions(folder))
    _load(report, Country, "iso2", reading.countries(folder))
    topics = _without_merged(report, reading.topics(folder))
    _plant(topics)
    _load(report, Topic, "slug", topics)
    return report


def _load(report: Report, model: type[Model], key_field: str, entries: list[Entry]) -> None:
    kind = model._meta.model_name
    said = dict(LoadedEntry.objects.filter(kind=kind).values_list("key", "said"))
    told = [entry for entry in entries if said.get(entry.key) != asdict(entry)]
    report.vanished += [f"{kind} {key}" for key in sorted(said.keys() - {entry.key for entry in entries})]
    report.loaded[kind] = len(told)
    if not told:
        return
    _write_rows(model, key_field, told, said)
    pks = dict(model._default_manager.values_list(key_field, "pk"))
    _write_names(model, told, said, pks)
    for link in {name for entry in told for name in entry.links}:
        _write_links(model, link, told, said, pks)
    LoadedEntry.objects.bulk_create(
        [LoadedEntry(kind=kind, key=entry.key, said=asdict(entry)) for entry in told],
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["said"],
    )
    changes.announce(model, [pks[entry.key] for entry in told])


def _write_rows(model: type[Model], key_field: str, told: list[Entry], said: dict[str, dict]) -> None:
    rows = {getattr(row, key_field): row for row in model._default_manager.all()}
    fresh, changed, columns = [], [], set()
    for entry in told:
        row = rows.get(entry.key)
        if row is None:
            row = rows[entry.key] = model(**{key_field: entry.key}, **entry.fields)
            fresh.append(row)
            continue
        before = said.get(entry.key, {}).get("fields", {})
        news = {name: value for name, value in entry.fields.items() if name not in before or before[name] != value}
        for name, value in news.items():
            setattr(row, name, value)
        if hasattr(row, "updated_at"):  # bulk_update does not move it
            news["updated_at"] = row.updated_at = timezone.now()
        changed.append(row)
        columns.update(news)
    model._default_manager.bulk_create(fresh)
    if columns:
        model._default_manager.bulk_update(changed, sorted(columns), batch_size=100)
    _write_parents(model, key_field, told)


def _write_parents(model: type[Model], key_field: str, told: list[Entry]) -> None:
    """A region's region, a target's goal: known only once every row has its key."""
    if not any(entry.parent for entry in told):
        return
    column = next(f for f in model._meta.concrete_fields if isinstance(f, ForeignKey) and f.related_model is model)
    rows = {getattr(row, key_field): row for row in model._default_manager.all()}
    for entry in told:
        setattr(rows[entry.key], column.name, rows[entry.parent] if entry.parent else None)
    model._default_manager.bulk_update([rows[entry.key] for entry in told], [column.name], batch_size=100)


def _write_names(model: type[Model], told: list[Entry], said: dict[str, dict], pks: dict[str, int]) -> None:
    wanted, gone = _difference(told, said, "names")
    if not wanted and not gone:
        return
    names = model._meta.get_field("names").related_model
    owner = model._meta.model_name
    for key, (language, _kind, text) in gone:
        names.objects.filter(**{owner: pks[key]}, language=language, text=text).delete()
    names.objects.bulk_create(
        [
            names(**{f"{owner}_id": pks[key]}, language=language, kind=kind, text=text)
            for key, (language, kind, text) in wanted
        ],
        ignore_conflicts=True,
    )


def _write_links(model: type[Model], link: str, told: list[Entry], said: dict[str, dict], pks: dict[str, int]) -> None:
    relation = model._meta.get_field(link)
    through, source, target = relation.remote_field.through, relation.m2m_column_name(), relation.m2m_reverse_name()
    other_pks = dict(relation.related_model._default_manager.values_list("slug", "pk"))
    present = set(through.objects.values_list(source, target))
    wanted, gone = _difference(told, said, "links", link)
    rows = {(pks[key], other_pks[slug]) for key, slug in wanted if slug in other_pks}
    old = {(pks[key], other_pks[slug]) for key, slug in gone if slug in other_pks}
    if relation.many_to_many and relation.related_model is model:  # related both ways
        rows |= {(b, a) for a, b in rows}
        old |= {(b, a) for a, b in old}
    for one, other in old - rows:
        through.objects.filter(**{source: one, target: other}).delete()
    through.objects.bulk_create([through(**{source: one, target: other}) for one, other in sorted(rows - present)])


def _difference(
    told: list[Entry], said: dict[str, dict], part: str, link: str = ""
) -> tuple[list[tuple[str, Any]], list[tuple[str, Any]]]:
    """What the entries say now and did not say before, and the other way round, each with its key."""
    wanted, gone = [], []
    for entry in told:
        now, before = getattr(entry, part), said.get(entry.key, {}).get(part, {} if link else [])
        if link:
            now, before = now.get(link, []), before.get(link, [])
        wanted += [(entry.key, value) for value in now if value not in before]
        gone += [(entry.key, value) for value in before if value not in now]
    return wanted, gone


# ---------- The tree ----------


def _without_merged(report: Report, entries: list[Entry]) -> list[Entry]:
    """The file still speaks of topics by slugs they had: follow a renamed one, leave out one that was merged."""
    current = dict(TopicFormerSlug.objects.values_list("slug", "topic__slug"))
    in_file = {entry.key for entry in entries}
    kept = []
    for entry in entries:
        if entry.key in current and current[entry.key] in in_file:
            report.merged.append(f"{entry.key} → {current[entry.key]}")
            continue
        entry.key = current.get(entry.key, entry.key)
        entry.parent_topic = current.get(entry.parent_topic, entry.parent_topic)
        entry.links = {"related": [current.get(slug, slug) for slug in entry.links.get("related", [])]}
        kept.append(entry)
    return kept


def _plant(entries: list[Entry]) -> None:
    """Create what is missing and put every topic of the file where the file has it, its own topics before others."""
    order = [[entry.key, entry.parent_topic] for entry in entries]
    tree, _created = LoadedEntry.objects.get_or_create(kind="tree", key="topics")
    rows = {topic.slug: topic for topic in Topic.objects.all()}
    if tree.said == order and all(entry.key in rows for entry in entries):
        return
    places = _places(order, _other_topics(rows.values(), {entry.key for entry in entries}))
    moved = [row for slug, row in rows.items() if (row.path, row.depth, row.numchild, row.position) != places[slug]]
    for row in moved:  # out of each other's way, as a path can stand only once
        row.path = f"~{row.pk}"
    Topic.objects.bulk_update(moved, ["path"])
    fresh = [Topic(slug=entry.key, **entry.fields) for entry in entries if entry.key not in rows]
    for row in moved + fresh:
        row.path, row.depth, row.numchild, row.position = places[row.slug]
    Topic.objects.bulk_update(moved, ["path", "depth", "numchild", "position"])
    Topic.objects.bulk_create(fresh)
    tree.said = order
    tree.save()
    changes.announce(Topic, [row.pk for row in moved + fresh])


def _other_topics(topics: Iterable[Topic], in_file: Collection[str]) -> list[list[str]]:
    """Topics that are in the database alone, each with the slug of the one above it."""
    by_path = {topic.path: topic.slug for topic in topics}
    return [
        [slug, by_path.get(path[: -Topic.steplen], "")] for path, slug in sorted(by_path.items()) if slug not in in_file
    ]


def _places(*orders: list[list[str]]) -> dict[str, tuple[str, int, int, int]]:
    """Path, depth, number of children and position of each topic of a tree told as [slug, parent's slug]."""
    children: dict[str, list[str]] = {}
    for slug, parent in (pair for order in orders for pair in order):
        children.setdefault(parent, []).append(slug)
    places: dict[str, tuple[str, int, int, int]] = {}
    waiting = [("", "", 0)]
    while waiting:
        parent, path, depth = waiting.pop()
        for number, slug in enumerate(children.get(parent, []), start=1):
            own_path = Topic._get_path(path, depth + 1, number)
            places[slug] = (own_path, depth + 1, len(children.get(slug, [])), number * 10)
            waiting.append((slug, own_path, depth + 1))
    if lost := {slug for order in orders for slug, _parent in order} - places.keys():
        raise ValueError(f"topics.yaml: topics under no known topic: {', '.join(sorted(lost))}")
    return places
