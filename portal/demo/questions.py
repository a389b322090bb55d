"""What people ask in webinars of the demonstration: as its rows, so that nobody is written to."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from portal.demo.shelf import FOLDER, Shelf, entries
from webinars.models import Question, Vote, Webinar

ANSWERED_AFTER = timedelta(hours=5)


def load(shelf: Shelf, webinar: Webinar, folder: Path = FOLDER) -> None:
    for entry in entries("webinar_questions.yaml", folder):
        if entry["webinar"] == webinar.slug:
            _ask(shelf, webinar, entry)


def _ask(shelf: Shelf, webinar: Webinar, entry: dict[str, Any]) -> None:
    hours = timedelta(hours=entry["at"])
    at = webinar.starts_at + hours if webinar.is_over else timezone.now() - hours
    asker = shelf.accounts[entry["by"]]
    question = Question.objects.create(
        webinar=webinar,
        user=asker,
        language=entry["language"],
        text=entry["text"],
        asked_at=at,
        **_answered(shelf, webinar, entry, at),
    )
    others = sorted((one for one in shelf.accounts.values() if one != asker), key=lambda one: one.pk)
    Vote.objects.bulk_create(Vote(question=question, user=one, at=at) for one in others[-entry["votes"] :])


def _answered(shelf: Shelf, webinar: Webinar, entry: dict[str, Any], at: datetime) -> dict[str, Any]:
    if entry.get("live"):
        return {"answered_at": webinar.ends_at, "answered_by": webinar.owner}
    answer = entry.get("answer")
    if not answer:
        return {}
    return {
        "answered_at": min(at + ANSWERED_AFTER, timezone.now()),
        "answered_by": shelf.accounts.get(answer["name"], webinar.owner),
        "answered_name": answer["name"],
        "answer": answer["text"].strip(),
        "answer_language": answer["language"],
    }
