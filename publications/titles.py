"""Titles as keys: two spellings of one title give one key, so that a record is recognised when it comes again."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from publications.models import Publication

KEY_LENGTH = 200  # of TitleKey.key; titles that agree so far are as good as equal
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "&": " "})


def title_key(text: str) -> str:
    """Words in lower case without accents or punctuation: "L’Égalité: où ?" becomes "l egalite ou"."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    kept = "".join(letter if letter.isalnum() else " " for letter in folded if not unicodedata.combining(letter))
    return " ".join(kept.split())[:KEY_LENGTH].strip()


def title_keys(publication: Publication) -> list[str]:
    """The keys of all its titles, in whatever language, each once."""
    titles = (getattr(publication, f"title_{code}") or "" for code in settings.MODELTRANSLATION_LANGUAGES)
    return list(dict.fromkeys(filter(None, map(title_key, titles))))
