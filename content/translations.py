"""Which words of a record a reader gets: their language where it exists, else the language it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language, get_language_info

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

    @property
    def direction(self) -> str:
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


def words(record: Model, field: str, language: str | None = None) -> Words:
    """The text of a translated field: in `language` (default: the reader's), else the original's, else any."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    original = getattr(record, "original_language", settings.MODELTRANSLATION_DEFAULT_LANGUAGE)
    for code in dict.fromkeys((wanted, original, *settings.MODELTRANSLATION_LANGUAGES)):
        if text := getattr(record, f"{field}_{code}", None):
            return Words(text, code, code != wanted)
    return Words("", wanted, False)


def languages_of(record: Model, field: str) -> list[str]:
    """The languages a field exists in."""
    return [code for code in settings.MODELTRANSLATION_LANGUAGES if getattr(record, f"{field}_{code}", None)]
