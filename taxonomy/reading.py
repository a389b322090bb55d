"""What the vocabulary's data files say, each entry in one shape."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from taxonomy.models import Name

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Entry:
    """One term: its own columns, its other names, its parent and what it is linked to, by key."""

    key: str
    fields: dict[str, Any] = field(default_factory=dict)
    parent: str = ""
    names: list[list[str]] = field(default_factory=list)  # language, kind, text
    links: dict[str, list[str]] = field(default_factory=dict)
    parent_topic: str = ""


def read_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506  (a safe loader, in C where there is one)
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name}: {error}") from error


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def translated(name: str, by_language: dict[str, str] | None) -> dict[str, str]:
    by_language = by_language or {}
    return {f"{name}_{code}": (by_language.get(code) or "").strip() for code in settings.MODELTRANSLATION_LANGUAGES}


def other_names(row: dict[str, Any]) -> list[list[str]]:
    kinds = {"acronyms": Name.Kind.ACRONYM, "synonyms": Name.Kind.SYNONYM}
    found = [
        [code, kind.value, text.strip()]
        for plural, kind in kinds.items()
        for code, texts in (row.get(plural) or {}).items()
        for text in texts
    ]
    return _once_per_language(found)


def _once_per_language(names: Iterable[list[str]]) -> list[list[str]]:
    seen = {}
    for name in names:
        seen.setdefault((name[0], name[2]), name)
    return list(seen.values())


def topics(folder: Path) -> list[Entry]:
    return [
        Entry(
            key=row["slug"],
            fields=translated("label", row["label"])
            | translated("definition", row.get("definition"))
            | {"unesco_uri": row.get("unesco") or ""},
            parent_topic=row.get("broader") or "",
            names=other_names(row),
            links={"related": row.get("related") or []},
        )
        for row in read_yaml(folder / "topics.yaml")
    ]


def regions(folder: Path) -> list[Entry]:
    return [
        Entry(
            key=row["slug"],
            fields={"m49": row.get("m49") or "", "kind": row["kind"]} | translated("name", row["name"]),
            parent=row.get("parent") or "",
        )
        for row in read_yaml(folder / "regions.yaml")
    ]


def countries(folder: Path) -> list[Entry]:
    """Each country with every region, subregion and group it belongs to, and those that these are part of."""
    above, groups = {}, {}
    for row in read_yaml(folder / "regions.yaml"):
        above[row["slug"]] = row.get("parent") or ""
        groups[row["slug"]] = set(row.get("countries") or [])
    names = read_yaml(folder / "country_names.yaml")
    entries = []
    for row in read_csv(folder / "countries.csv"):
        listed = {slug for slug, members in groups.items() if row["iso2"] in members}
        entries.append(
            Entry(
                key=row["iso2"],
                fields={name: row[name] for name in ("iso3", "m49", "slug", "name_en", "name_fr", "name_es")}
                | {"income_group": row["income_group"], "income_year": int(row["income_year"] or 0) or None},
                names=_country_names(names.get(row["iso2"]) or {}),
                links={"regions": sorted(_with_all_above({row["region"], row["subregion"]} | listed, above))},
            )
        )
    return entries


def _country_names(by_language: dict[str, list[str]]) -> list[list[str]]:
    names = [
        [code, (Name.Kind.ACRONYM if text.isupper() else Name.Kind.SYNONYM).value, text]
        for code, texts in by_language.items()
        for text in texts
    ]
    return _once_per_language(names)


def _with_all_above(slugs: Iterable[str], above: dict[str, str]) -> set[str]:
    found: set[str] = set()
    for slug in slugs:
        while slug and slug not in found:
            found.add(slug)
            slug = above[slug]
    return found


def goals(folder: Path) -> list[Entry]:
    return [
        Entry(
            key=row["code"],
            fields={"position": position}
            | {f"short_{code}": row[f"short_{code}"] for code in settings.MODELTRANSLATION_LANGUAGES}
            | {f"text_{code}": row[f"text_{code}"] for code in settings.MODELTRANSLATION_LANGUAGES},
            parent=row["goal"] if row["goal"] != row["code"] else "",
        )
        for position, row in enumerate(read_csv(folder / "goals.csv"), start=1)
    ]


def publication_types(folder: Path) -> list[Entry]:
    columns = ("medium", "csl_type", "bibtex_type", "ris_type", "schema_type")
    return [
        _labelled(row, position, {name: row[name] for name in columns})
        for position, row in enumerate(read_yaml(folder / "publication_types.yaml"), start=1)
    ]


def licences(folder: Path) -> list[Entry]:
    columns = {"url": "url", "spdx": "spdx", "is_open": "open", "keeps_copy": "keep_copy"}
    return [
        _labelled(row, position, {name: row[said] for name, said in columns.items()})
        for position, row in enumerate(read_yaml(folder / "licences.yaml"), start=1)
    ]


def _labelled(row: dict[str, Any], position: int, columns: dict[str, Any]) -> Entry:
    """A row of a menu, in the order of the file."""
    return Entry(row["slug"], {"position": position} | translated("label", row["label"]) | columns)
