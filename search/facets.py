"""The facets there are, and what their values are called in the reader's language.

Values in the index are slugs and codes. The vocabulary is named here; apps above sign up their own (`name_values`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from content import caching, registry
from taxonomy.models import Country, Goal, Licence, PublicationType, Region, Tag, Topic

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Namer = Callable[[Collection[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Facet:
    name: str  # query key and field of the index
    label: _StrPromise
    all_label: object  # lazy plural with %(count)s
    own_words: bool = False  # each value is named in a language of its own
    is_open: bool = False


FACETS = {
    facet.name: facet
    for facet in (
        Facet("topic", _("Topic"), ngettext_lazy("%(count)s topic", "All %(count)s topics", "count"), is_open=True),
        Facet(
            "country",
            _("Country"),
            ngettext_lazy("%(count)s country", "All %(count)s countries", "count"),
            is_open=True,
        ),
        Facet("region", _("Region"), ngettext_lazy("%(count)s region", "All %(count)s regions", "count")),
        Facet(
            "lang",
            _("Language"),
            ngettext_lazy("%(count)s language", "All %(count)s languages", "count"),
            own_words=True,
            is_open=True,
        ),
        Facet("type", _("Type"), ngettext_lazy("%(count)s type", "All %(count)s types", "count")),
        Facet(
            "org", _("Organisation"), ngettext_lazy("%(count)s organisation", "All %(count)s organisations", "count")
        ),
        Facet(
            "goal", _("Sustainable Development Goal"), ngettext_lazy("%(count)s goal", "All %(count)s goals", "count")
        ),
        Facet("series", _("Series"), ngettext_lazy("%(count)s series", "All %(count)s series", "count")),
        Facet("licence", _("Licence"), ngettext_lazy("%(count)s licence", "All %(count)s licences", "count")),
        Facet("shared", _("Shared by"), ngettext_lazy("%(count)s source", "All %(count)s sources", "count")),
        Facet(
            "experience",
            _("Experience in"),
            ngettext_lazy("%(count)s country", "All %(count)s countries", "count"),
        ),
        Facet("access", _("Who may join"), ngettext_lazy("%(count)s way", "All %(count)s ways", "count"), is_open=True),
        Facet(
            "activity", _("Activity"), ngettext_lazy("%(count)s state", "All %(count)s states", "count"), is_open=True
        ),
        Facet("when", _("When"), ngettext_lazy("%(count)s time", "All %(count)s times", "count"), is_open=True),
        Facet("tag", _("Tag"), ngettext_lazy("%(count)s tag", "All %(count)s tags", "count")),
    )
}

_namers: dict[str, list[tuple[str, Namer]]] = {}


def name_values(facet: str, namer: Namer, *, kind: str = "") -> None:
    """Sign up a function that names some values of a facet. Values it does not know, it leaves out. `kind`: the only
    kind of records that have these values."""
    _namers.setdefault(facet, []).append((kind, namer))


def names_of(facet: str, values: Collection[str], *, kind: str = "") -> dict[str, str]:
    """What values are called, in the reader's language; a value nobody knows stands for itself. `kind`: of the records
    that have them, if they are of one."""
    names = {value: value for value in values}
    for whose, namer in _namers.get(facet, []):
        unknown = [value for value in values if names[value] == value]
        if unknown and (not kind or whose in ("", kind)):
            names |= namer(unknown)
    return names


@functools.lru_cache(maxsize=1000)
def language_name(code: str, reader: str | None = None) -> str:
    """The name of a language in a language (default: its own), as its writers put it: English, français, español."""
    try:
        return Locale.parse(code, sep="-").get_language_name(reader or code) or code
    except (UnknownLocaleError, ValueError):
        return code


def _as_heading(name: str) -> str:
    """Alone on its line a language's name begins with a capital in every language."""
    return name[:1].upper() + name[1:]


def _from_vocabulary(kind: str) -> Namer:
    return lambda values: {
        value: names[value] for names in (vocabulary_names(kind),) for value in values if value in names
    }


def vocabulary_names(kind: str) -> Mapping[str, str]:
    return _vocabulary_names(kind, get_language() or "en", caching.generations("vocabulary")["vocabulary"])


VOCABULARY = {
    "topic": (Topic, "slug", "label"),
    "country": (Country, "iso2", "name"),
    "region": (Region, "slug", "name"),
    "type": (PublicationType, "slug", "label"),
    "licence": (Licence, "slug", "label"),
    "goal": (Goal, "code", "short"),
}


@functools.lru_cache(maxsize=64)
def _vocabulary_names(kind: str, language: str, generation: str) -> Mapping[str, str]:
    """A few hundred words that stand on every list: read once per process, language and generation."""
    model, key, field = VOCABULARY[kind]
    names = {}
    for row in model.objects.all():
        value, name = getattr(row, key), getattr(row, field)
        names[value] = f"{value}. {name}" if kind == "goal" and name else name or value
    return names


def _tag_names(values: Collection[str]) -> Mapping[str, str]:
    return dict(Tag.objects.filter(slug__in=values).values_list("slug", "name"))


for _kind in VOCABULARY:
    name_values(_kind, _from_vocabulary(_kind))
name_values("tag", _tag_names)
name_values("experience", _from_vocabulary("country"))
name_values("lang", lambda values: {value: _as_heading(language_name(value)) for value in values})
name_values(
    "kind", lambda values: {kind.key: str(kind.label_plural) for kind in registry.all_types() if kind.key in values}
)
