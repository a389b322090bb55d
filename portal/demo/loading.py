"""The content of the demonstration, brought into the database; safe to run again, and quick when nothing is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from content import caching
from portal.demo import (
    addresses,
    agenda,
    blog,
    communities,
    organisations,
    people,
    profiles,
    publications,
    review,
    surveys,
    titles,
    webinars,
)
from portal.demo.shelf import FOLDER, Shelf, entries
from publications.models import Publication


@dataclass
class Report:
    loaded: dict[str, int] = field(default_factory=dict)  # how many of each kind were new or changed
    unknown: list[str] = field(default_factory=list)  # references that lead nowhere


def load_demo(tick: Callable[[str], None] = lambda name: None, folder: Path = FOLDER) -> Report:
    """Calls `tick` with the name of each part that is done.

    Raises RuntimeError outside the demonstration, because its accounts have a public password.
    """
    report = Report()
    listed = entries("members.yaml", folder)
    named = {one["name"]: next(iter(one.get("position", {"en": ""}))) for one in listed} | review.people_named(folder)
    named |= communities.people_named(folder)
    showcase, known = entries("publications.yaml", folder), entries("organisations.yaml", folder)
    shelf = Shelf(_people(showcase, named))
    with transaction.atomic():
        report.loaded["organisations"] = organisations.load(shelf, known)
        report.loaded["series"] = organisations.load_series(shelf, entries("series.yaml", folder))
        report.loaded["members"] = profiles.load(shelf, listed)
    report.loaded["publications"] = len(publications.load(shelf, showcase, tick))
    report.loaded["cases"] = review.load(shelf, folder)
    report.loaded["titles"] = titles.load(shelf, folder / "titles.csv")
    report.loaded["communities"] = communities.load(shelf, folder)
    report.loaded["blog"] = blog.load(shelf, folder)
    report.loaded["agenda"] = agenda.load(shelf, folder)
    report.loaded["webinars"] = webinars.load(shelf, folder)
    report.loaded["surveys"] = surveys.load(folder)
    with transaction.atomic():  # the last: addresses lead to what is here
        report.loaded["addresses"] = addresses.load(showcase, known)
    report.unknown = [f"{what} ({count} times)" for what, count in sorted(shelf.unknown.items())]
    caching.bump("vocabulary", "publication", "organisation", "member", "review", "post", "event", "webinar")
    return report


def _people(showcase: list[dict[str, Any]], others: dict[str, str]) -> dict[str, Any]:
    """Everybody by name; `others`: who shared nothing in the showcase, with the language they read."""
    with transaction.atomic():
        accounts = people.load_accounts()
        named = {entry["shared_by_name"]: "en" for entry in showcase if entry.get("shared_by_name")} | others
        return accounts | people.load_members(
            {name: language for name, language in named.items() if name not in accounts}
        )


def expected_ticks(folder: Path = FOLDER) -> int:
    """How many publications a first run loads one by one: the length of a progress bar."""
    listed = {entry["slug"] for entry in entries("publications.yaml", folder)}
    return len(listed) - Publication.objects.filter(slug__in=listed).count()
