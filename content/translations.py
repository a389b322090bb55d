"""Which words of a record a reader gets: their language where it exists, else the language it was written in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import get_language, get_language_info

from content.models import TranslationState

if TYPE_CHECKING:
    from django.db.models import Model


@dataclass(frozen=True)
class Words:
    """A text and the language it is in."""

    text: str
    language: str
    is_foreign: bool  # not the reader's language: mark it with `lang`

    def __str__(self) -> str:
        return self.text

    def cut(self, length: int) -> Words:
        """The same words, or as many of them as fit, with “…” at the end."""
        if len(self.text) <= length:
            return self
        return replace(self, text=f"{self.text[: length - 1].rstrip()}…")

    @property
    def direction(self) -> str:
        try:
            return "rtl" if get_language_info(self.language)["bidi"] else "ltr"
        except KeyError:  # one that Django does not know, such as Malagasy
            return "auto"


def words(record: Model, field: str, language: str | None = None) -> Words:
    """The text of a translated field: in `language` (default: the reader's), else the original's, else any."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    original = getattr(record, "original_language", settings.MODELTRANSLATION_DEFAULT_LANGUAGE)
    for code in dict.fromkeys((wanted, original, *settings.MODELTRANSLATION_LANGUAGES)):
        if text := getattr(record, f"{field}_{code}", None):
            return Words(text, code, code != wanted)
    return Words("", wanted, False)


@dataclass(frozen=True)
class State:
    """How far a record is translated into one language, over all its fields."""

    language: str
    is_original: bool = False
    is_missing: bool = False
    is_machine: bool = False
    outdated_since: datetime | None = None


def states(record: Model, field: str) -> list[State]:
    """The original first, then each other language of the interface. One query."""
    rows = TranslationState.objects.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)
    known: dict[str, list[TranslationState]] = {}
    for row in rows:
        known.setdefault(row.language, []).append(row)
    original = record.original_language
    there = languages_of(record, field)
    found = [State(original, is_original=True)] if original in there else []
    for code in settings.MODELTRANSLATION_LANGUAGES:
        if code != original:
            found.append(_state(code, code in there, known.get(code, [])))
    return found


def _state(language: str, is_there: bool, rows: list[TranslationState]) -> State:
    outdated = [row.outdated_since for row in rows if row.outdated_since]
    return State(
        language,
        is_missing=not is_there,
        is_machine=any(row.origin == TranslationState.Origin.MACHINE for row in rows),
        outdated_since=min(outdated) if outdated else None,
    )


def translations_of(record: Model, field: str) -> list[Words]:
    """A field in each language it exists in."""
    return [words(record, field, code) for code in languages_of(record, field)]


def languages_of(record: Model, field: str) -> list[str]:
    """The languages a field exists in."""
    return [code for code in settings.MODELTRANSLATION_LANGUAGES if getattr(record, f"{field}_{code}", None)]
