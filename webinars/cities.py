"""Cities as people write them, and the zones whose clocks they mean."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.translation import override

from content import zones


def zones_called(text: str) -> dict[str, str | None]:
    """The zone of each line, the name of a city in one of our languages or of a zone; None for what is neither."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return {line: line if zones.is_zone(line) else _by_city().get(_plain(line)) for line in lines}


def city_lines(names: Iterable[str]) -> str:
    return "\n".join(zones.city(name) for name in names)


@functools.cache
def _by_city() -> Mapping[str, str]:
    """Every city that names a zone, in each of our languages. Some hundred: looked up once."""
    found: dict[str, str] = {}
    for code in settings.MODELTRANSLATION_LANGUAGES:
        with override(code):
            for name, _label in zones.choices():
                found.setdefault(_plain(zones.city(name)), name)
                found.setdefault(_plain(name.rpartition("/")[2].replace("_", " ")), name)
    return found


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
