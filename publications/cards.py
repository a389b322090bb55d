"""What a row in a list shows of a publication.

Read as tuples and not as models: a page of twenty models with their publishers, files and countries takes four times
as long to read, and lists are what most readers open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content import wording
from content.cards import LONGEST_TEXT, LONGEST_TITLE
from content.translations import Words, words
from files.models import StoredFile
from publications.models import Document, Publication, Publisher
from search.facets import vocabulary_names

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Card:
    pk: int
    url: str
    title: Words
    text: Words
    medium: str
    kicker: tuple[str, ...]  # type, year, languages
    shared_by: str
    facts: tuple[SafeString | str, ...]  # who, where, which file


def read(pks: Sequence[int]) -> Mapping[int, Card]:
    """The cards of those of the given publications that are public, in four queries."""
    publishers, places, files = _publishers(pks), _places(pks), _files(pks)
    types, language = vocabulary_names("type"), get_language()
    cards = {}
    for row in _rows(pks):
        facts = [wording.listed(publishers[row.pk])] if row.pk in publishers else []
        facts += [wording.listed(places[row.pk], 2)] if row.pk in places else []
        facts += [files[row.pk]] if row.pk in files else [_("Link")] if row.link else []
        kicker = (types.get(row.type__slug, row.type__slug), str(row.year or ""), _written_in(row.languages))
        cards[row.pk] = Card(
            pk=row.pk,
            url=reverse("publications:detail", args=[row.slug]),
            title=words(row, "title", language).cut(LONGEST_TITLE),
            text=words(row, "abstract", language).cut(LONGEST_TEXT),
            medium=row.type__medium,
            kicker=tuple(filter(None, kicker)),
            shared_by=_shared_by(row.provenance),
            facts=tuple(facts),
        )
    return cards


def _in_each_language(*fields: str) -> list[str]:
    return [f"{field}_{code}" for field in fields for code in settings.MODELTRANSLATION_LANGUAGES]


def _rows(pks: Sequence[int]) -> Iterable[Any]:
    names = ("pk", "slug", "original_language", "languages", "year", "provenance", "link", "type__slug", "type__medium")
    rows = Publication.objects.published().filter(pk__in=pks).order_by()
    return rows.values_list(*names, *_in_each_language("title", "abstract"), named=True)


def _publishers(pks: Sequence[int]) -> dict[int, list[str]]:
    """Names by which organisations are known for short, in the order of the title page."""
    names = _in_each_language("organisation__acronym", "organisation__name")
    found, language = defaultdict(list), get_language()
    for row in Publisher.objects.filter(publication__in=pks).values_list("publication_id", *names, named=True):
        name = words(row, "organisation__acronym", language).text or words(row, "organisation__name", language).text
        found[row.publication_id].append(name)
    return found


def _places(pks: Sequence[int]) -> dict[int, list[str]]:
    names = vocabulary_names("country")
    links = Publication.countries.through._default_manager.filter(publication__in=pks).order_by("country__slug")
    found: dict[int, list[str]] = defaultdict(list)
    for pk, code in links.values_list("publication_id", "country__iso2"):
        found[pk].append(names.get(code, code))
    return found


def _files(pks: Sequence[int]) -> dict[int, str]:
    """Kind and size of the first file that a reader may take: see `Publication.current_documents`."""
    documents = Document.objects.filter(publication__in=pks, replaced_on=None).exclude(
        file__kind=StoredFile.Kind.CAPTIONS
    )
    found: dict[int, str] = {}
    for pk, kind, seconds, size in documents.values_list("publication_id", "file__kind", "file__seconds", "file__size"):
        length = f"{wording.duration(seconds)}, " if seconds else ""
        found.setdefault(pk, f"{StoredFile.Kind(kind).label}, {length}{wording.file_size(size)}")
    return found


def _written_in(languages: Sequence[str]) -> str:
    return wording.written_in(languages) if languages else ""


def _shared_by(provenance: str) -> str:
    if provenance == Publication.Provenance.MEMBER:
        return _("Shared by a member")
    return _("Shared by an ambassador") if provenance == Publication.Provenance.AMBASSADOR else ""
