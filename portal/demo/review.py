"""What waits for the editors of the demonstration, sent in as members would."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from content import deciding, review
from content.models import Case, Entry, ReviewStep
from members.models import User
from portal.demo import pdfs
from portal.demo.shelf import FOLDER, Shelf, entries
from publications.models import Publication, Publisher
from publications.services import add_document, save_publication
from stakeholders.models import Organisation

MODELS: dict[str, type[Entry]] = {"publication": Publication, "organisation": Organisation}


def _kind(entry: dict[str, Any]) -> str:
    return entry.get("kind", "publication")


def load(shelf: Shelf, folder: Path = FOLDER) -> int:
    """How many cases are new. One that was sent in once is left alone, whatever was decided on it."""
    cases = entries("review.yaml", folder)
    slugs = [entry["slug"] for entry in cases]
    known = {
        slug
        for model in (Publication, Organisation)
        for slug in model.objects.filter(slug__in=slugs).values_list("slug", flat=True)
    }
    news = [entry for entry in cases if entry["slug"] not in known]
    for entry in news:
        with transaction.atomic():
            _send_in(shelf, entry)
    return len(news)


def people_named(folder: Path = FOLDER) -> dict[str, str]:
    """Who sends something in, and the language they write in."""
    return {entry["by"]: entry["language"] for entry in entries("review.yaml", folder)}


def _send_in(shelf: Shelf, entry: dict[str, Any]) -> None:
    member = shelf.accounts[entry["by"]]
    record = (
        _organisation(shelf, entry, member)
        if entry.get("kind") == "organisation"
        else _publication(shelf, entry, member)
    )
    at = timezone.now() - timedelta(days=entry.get("days", 0), hours=entry.get("hours", 0))
    case = review.submit(record=record, by=member)
    _date(case, record, at)
    if "asked" in entry:
        deciding.ask_for_changes(case=case, by=shelf.staff, turn=case.turn, note=entry["asked"])
        _date(case, record, at + timedelta(days=1))
        review.answer(case=case, by=member, note=entry["answered"])
        _date(case, record, at + timedelta(days=3))
    if entry.get("claimed"):
        deciding.claim(case=case, by=next(user for user in shelf.accounts.values() if user.is_superuser))


def _date(case: Case, record: Entry, at: datetime) -> None:
    """The last step happened in the past."""
    last = ReviewStep.objects.filter(case=case).latest("pk")
    ReviewStep.objects.filter(pk=last.pk).update(at=at)
    first = {"opened_at": at} if case.steps.count() == 1 else {}
    Case.objects.filter(pk=case.pk).update(waiting_since=at, **first)
    type(record)._default_manager.filter(pk=record.pk).update(submitted_at=at)
    if record.is_published:
        type(record)._default_manager.filter(pk=record.pk).update(published_at=at)


def _publication(shelf: Shelf, entry: dict[str, Any], member: User) -> Publication:
    language = entry["language"]
    record = Publication(
        slug=entry["slug"],
        original_language=language,
        languages=[language],
        owner=member,
        shows_owner=True,
        provenance=Publication.Provenance.MEMBER,
        type_id=shelf.one("type", entry["type"]),
        licence_id=shelf.one("licence", entry["licence"]),
        year=entry["year"],
        link=entry.get("link", ""),
        **{f"title_{language}": entry["title"], f"abstract_{language}": entry["abstract"]},
    )
    save_publication(publication=record, by=None)
    record.topics.set(shelf.all("topics", entry["topics"]))
    record.countries.set(shelf.all("countries", entry["countries"]))
    for position, pk in enumerate(shelf.all("organisations", entry["organisations"])):
        Publisher.objects.create(publication=record, organisation_id=pk, position=position)
    if content := _file(entry):
        add_document(
            publication=record, content=content, name=f"{entry['slug'][:60]}.pdf", language=language, by=member
        )
    return record


def _file(entry: dict[str, Any]) -> bytes | None:
    if "scanned" in entry:
        return pdfs.make_scan(entry["scanned"])
    if "pages" not in entry:
        return None
    pages = [[pdfs.Section(heading=heading, paragraphs=[entry["text"]])] for heading in entry["pages"]]
    return pdfs.make_pdf(entry["title"], entry["by"], entry["language"], pages)


def _organisation(shelf: Shelf, entry: dict[str, Any], member: User) -> Organisation:
    language = entry["language"]
    return Organisation.objects.create(
        slug=entry["slug"],
        original_language=language,
        owner=member,
        type=entry["organisation_type"],
        country_id=shelf.one("countries", entry["countries"][0]),
        **{f"name_{language}": entry["title"], f"description_{language}": entry["abstract"]},
    )
