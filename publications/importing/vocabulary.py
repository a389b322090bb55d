"""Our own terms by every name they go by, held in memory for the length of one import."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from django.conf import settings
from django.db.models import Model, QuerySet

from publications.importing import cleaning
from publications.models import Series
from publications.titles import title_key
from stakeholders.models import Organisation, OrganisationName
from taxonomy.models import Country, CountryName, Licence, PublicationType, Region, Topic, TopicName

LANGUAGES = settings.MODELTRANSLATION_LANGUAGES
# Types of the formats that none of ours bears, and the nearest that one of ours does.
_NEAREST = {
    "ris": {
        "EJOUR": "JOUR", "INPR": "JOUR", "ABST": "JOUR", "JFULL": "MGZN", "SER": "MGZN", "NEWS": "MGZN",
        "EBOOK": "BOOK",
        "EDBOOK": "BOOK", "CLSWK": "BOOK", "ECHAP": "CHAP", "CONF": "CPAPER", "MPCT": "VIDEO", "ADVS": "VIDEO",
        "MULTI": "VIDEO", "DBASE": "DATA", "STAT": "GOVDOC", "BILL": "GOVDOC", "LEGAL": "GOVDOC", "CASE": "GOVDOC",
        "HEAR": "GOVDOC", "BLOG": "ELEC", "ICOMM": "ELEC", "CHART": "FIGURE", "ART": "FIGURE", "MAP": "FIGURE",
        "MUSIC": "SOUND", "DISS": "THES",
    },
    "bibtex": {
        "periodical": "MGZN", "inbook": "CHAP", "bookinbook": "CHAP", "suppbook": "CHAP", "collection": "BOOK",
        "booklet": "BOOK", "mvbook": "BOOK", "mvcollection": "BOOK", "reference": "BOOK", "proceedings": "BOOK",
        "mvproceedings": "BOOK", "conference": "CPAPER", "mastersthesis": "THES", "thesis": "THES", "online": "ELEC",
        "electronic": "ELEC", "www": "ELEC", "report": "RPRT", "dataset": "DATA", "suppperiodical": "JOUR",
        "artwork": "FIGURE", "audio": "SOUND", "music": "SOUND", "movie": "VIDEO", "video": "VIDEO",
        "legislation": "GOVDOC", "legal": "GOVDOC", "jurisdiction": "GOVDOC",
    },
    "csl": {
        "article": "RPRT", "article-magazine": "MGZN", "article-newspaper": "MGZN", "journal-article": "JOUR",
        "book-chapter": "CHAP", "posted-content": "RPRT", "proceedings-article": "CPAPER", "monograph": "BOOK",
        "edited-book": "BOOK", "dissertation": "THES", "legislation": "GOVDOC", "bill": "GOVDOC",
        "legal_case": "GOVDOC", "regulation": "GOVDOC", "treaty": "GOVDOC", "standard": "GOVDOC",
        "post": "ELEC", "post-weblog": "ELEC",
        "broadcast": "VIDEO", "figure": "FIGURE", "map": "FIGURE", "pamphlet": "RPRT", "manuscript": "RPRT",
        "entry": "CHAP", "entry-encyclopedia": "CHAP", "entry-dictionary": "CHAP",
    },
}  # fmt: skip
_CATCH_ALL = {"bibtex:misc", "csl:document"}  # what formats say when they do not know: it maps to no one type


class Vocabulary:
    """Each part is read when it is first asked for."""

    def __init__(self) -> None:
        self.unknown_organisations: Counter[str] = Counter()

    @cached_property
    def types(self) -> dict[str, int]:
        return self._types()

    @cached_property
    def default_type(self) -> int | None:
        return next(iter(PublicationType.objects.order_by("position").values_list("pk", flat=True)), None)

    @cached_property
    def licences(self) -> dict[str, int]:
        return self._licences()

    @cached_property
    def keeping_licences(self) -> set[int]:
        return set(Licence.objects.filter(keeps_copy=True).values_list("pk", flat=True))

    @cached_property
    def organisations(self) -> dict[str, int]:
        return names_of(Organisation.objects.exclude(status="withdrawn"))

    @cached_property
    def topics(self) -> dict[str, int]:
        return _by_name(Topic, "label", TopicName.objects.values_list("text", "topic_id"))

    @cached_property
    def countries(self) -> dict[str, int]:
        named = _by_name(Country, "name", CountryName.objects.values_list("text", "country_id"))
        return named | dict(Country.objects.values_list("iso3", "pk"))

    @cached_property
    def regions(self) -> dict[str, int]:
        return _by_name(Region, "name", ())

    @cached_property
    def series(self) -> dict[str, int]:
        return _by_name(Series, "title", ())

    @staticmethod
    def _types() -> dict[str, int]:
        found: dict[str, int] = {}
        for row in PublicationType.objects.order_by("position"):
            names = {title_key(getattr(row, f"label_{code}") or "") for code in LANGUAGES} | {title_key(row.slug)}
            codes = {f"ris:{row.ris_type}", f"bibtex:{row.bibtex_type}", f"csl:{row.csl_type}"} - _CATCH_ALL
            for name in (names | codes) - {""}:
                found.setdefault(name, row.pk)
        return found

    def type_of(self, kinds: Iterable[str]) -> int | None:
        """The type named by the first of the kinds that names one; without any, the first of the list (a report)."""
        for kind in kinds:
            format_, _colon, code = kind.partition(":")
            near = _NEAREST.get(format_, {}).get(code)
            for name in (kind, title_key(kind) if not code else "", f"ris:{near}"):
                if name in self.types:
                    return self.types[name]
        return self.default_type

    @staticmethod
    def _licences() -> dict[str, int]:
        found: dict[str, int] = {}
        for row in Licence.objects.order_by("position"):
            names = [row.slug, row.spdx, *(getattr(row, f"label_{code}") or "" for code in LANGUAGES)]
            for name in [title_key(name) for name in names] + [_bare_address(row.url)]:
                if name:
                    found.setdefault(name, row.pk)
        return found

    def licence_of(self, text: str) -> int | None:
        return self.licences.get(title_key(text)) or self.licences.get(_bare_address(text)) if text else None

    def organisation_of(self, name: str) -> int | None:
        keys = map(title_key, spellings(name))
        return next((self.organisations[key] for key in keys if key in self.organisations), None)

    def organisations_of(self, text: str) -> list[int]:
        """One name, or several between semicolons, slashes or "and". What matches none is counted for the report."""
        if whole := self.organisation_of(text):
            return [whole]
        parts = [part.strip() for part in re.split(r"[;/]|\s+(?:and|et|y|&)\s+", text) if part.strip()]
        found = [self.organisation_of(part) for part in parts]
        if len(parts) > 1 and any(found):
            self.unknown_organisations.update(part for part, pk in zip(parts, found, strict=True) if pk is None)
            return [pk for pk in found if pk]
        self.unknown_organisations[text] += 1
        return []


def spellings(name: str) -> list[str]:
    """The name, the name before its address ("World Bank, Washington, DC"), and the acronym in brackets."""
    bare = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", name)
    inside = re.findall(r"[(\[]([^)\]]+)[)\]]", name)
    return [name, bare, *inside, bare.split(",")[0], re.sub(r"^the\s+", "", bare, flags=re.IGNORECASE)]


def names_of(organisations: QuerySet[Organisation]) -> dict[str, int]:
    """Published ones first, full names before acronyms before other names, so that the surer meaning wins."""
    rows = list(organisations.order_by("-published_at", "pk"))
    aliases = OrganisationName.objects.filter(organisation__in=rows).values_list("text", "organisation_id")
    found: dict[str, int] = {}
    for field in ("name", "acronym"):
        for row in rows:
            for code in LANGUAGES:
                found.setdefault(title_key(getattr(row, f"{field}_{code}") or ""), row.pk)
    for text, pk in aliases:
        found.setdefault(title_key(text), pk)
    found.pop("", None)
    return found


def _by_name(model: type[Model], field: str, others: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for code in LANGUAGES:
        for text, pk in model._default_manager.values_list(f"{field}_{code}", "pk"):
            found.setdefault(title_key(text or ""), pk)
    for text, pk in others:
        found.setdefault(title_key(text), pk)
    found.pop("", None)
    return found


def _bare_address(text: str) -> str:
    return (
        re.sub(r"^https?://(?:www\.)?|/(?:deed\.\w+|legalcode)?/?$", "", cleaning.text(text).lower())
        if "//" in text
        else ""
    )


def country_words(vocabulary: Vocabulary) -> dict[str, set[int]]:
    """The countries in whose name a word stands: titles that differ by a country's name are different titles."""
    found: dict[str, set[int]] = defaultdict(set)
    for name, pk in vocabulary.countries.items():
        for word in title_key(name).split():
            if len(word) > 2:
                found[word].add(pk)
    return found
