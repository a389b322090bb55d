"""What entries of the content files refer to by slug, code or name, found once for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model

from members.models import User
from portal.demo import people
from publications.models import Publication, Series
from stakeholders.models import Organisation
from taxonomy.models import Country, Goal, Licence, LoadedEntry, PublicationType, Region, Topic
from taxonomy.reading import read_yaml

FOLDER = Path(__file__).resolve().parent / "content"


NAMED_BY: dict[str, tuple[type[Model], str]] = {
    "topics": (Topic, "slug"),
    "countries": (Country, "iso2"),
    "regions": (Region, "slug"),
    "goals": (Goal, "code"),
    "type": (PublicationType, "slug"),
    "licence": (Licence, "slug"),
    "organisations": (Organisation, "slug"),
    "series": (Series, "slug"),
    "publications": (Publication, "slug"),
}


@dataclass
class Shelf:
    """The vocabulary, organisations and people by the names that content files use for them."""

    accounts: dict[str, User]
    unknown: Counter[str] = field(default_factory=Counter)  # references that lead nowhere
    keys: dict[str, dict[str, int]] = field(default_factory=dict)

    def all(self, what: str, names: Iterable[str] | None) -> list[int]:
        """Keys of what is named, in that order, without what is not known."""
        return [pk for name in dict.fromkeys(names or ()) if (pk := self.one(what, name))]

    def one(self, what: str, name: str | None) -> int | None:
        if not name:
            return None
        if what not in self.keys:  # asked for late, as organisations are loaded meanwhile
            model, column = NAMED_BY[what]
            self.keys[what] = dict(model._default_manager.values_list(column, "pk"))
        pk = self.keys[what].get(str(name))
        if pk is None:
            self.unknown[f"{what}: {name}"] += 1
        return pk

    @cached_property
    def staff(self) -> User:
        return next(user for user in self.accounts.values() if user.is_staff and not user.is_superuser)

    def person(self, entry: dict[str, Any]) -> User | None:
        """Who shared a publication: by name where they agreed to be named, else somebody of that role."""
        if name := entry.get("shared_by_name"):
            return self.accounts[name]
        roles = {"staff": "staff", "member": "other", "ambassador": "ambassador"}
        account = roles.get(entry.get("provenance", "staff"))
        return next((user for user in self.accounts.values() if user.email == f"{account}@{people.HOST}"), None)


def translated(name: str, by_language: dict[str, str] | None) -> dict[str, str]:
    return {
        f"{name}_{code}": ((by_language or {}).get(code) or "").strip() for code in settings.MODELTRANSLATION_LANGUAGES
    }


class Loaded:
    """Which entries were loaded already, just as they are: those are left alone."""

    def __init__(self, kind: str) -> None:
        self.kind = f"demo {kind}"
        self.said = dict(LoadedEntry.objects.filter(kind=self.kind).values_list("key", "said"))

    def news(self, entries: list[dict[str, Any]], present: Iterable[str]) -> list[dict[str, Any]]:
        present = set(present)
        return [
            entry for entry in entries if entry["slug"] not in present or self.said.get(entry["slug"]) != _plain(entry)
        ]

    def note(self, entries: list[dict[str, Any]]) -> None:
        LoadedEntry.objects.bulk_create(
            [LoadedEntry(kind=self.kind, key=entry["slug"], said=_plain(entry)) for entry in entries],
            update_conflicts=True,
            unique_fields=["kind", "key"],
            update_fields=["said"],
        )


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry as JSON gives it back: YAML reads days as dates."""
    return {name: str(value) for name, value in entry.items()}


def entries(name: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    path = folder / name
    return read_yaml(path) if path.exists() else []
