"""What a row in a list shows of a publication.

Read as tuples and not as models: a page of twenty models with their publishers, files and countries takes four times
as long to read, and lists are what most readers open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content import wording
from content.cards import LONGEST_TEXT, LONGEST_TITLE
from content.translations import Words, words
from files.models import StoredFile
from publications.models import Publication
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
    type: str
    dated: str  # ", 2019, English": what follows the type
    shared_by: str
    facts: SafeString  # who, where, which file


def read(pks: Sequence[int]) -> Mapping[int, Card]:
    """The cards of those of the given publications that are public, in two queries."""
    around, types, countries = _around(pks), vocabulary_names("type"), vocabulary_names("country")
    language = get_language()
    cards = {}
    for row in _rows(pks):
        dated = filter(None, (str(row.year or ""), _written_in(row.languages)))
        facts = _facts(around.get(row.pk, {}), row.link, countries)
        cards[row.pk] = Card(
            pk=row.pk,
            url=reverse("publications:detail", args=[row.slug]),
            title=words(row, "title", language).cut(LONGEST_TITLE),
            text=words(row, "abstract", language).cut(LONGEST_TEXT),
            medium=row.type__medium,
            type=types.get(row.type__slug, row.type__slug),
            dated="".join(f", {part}" for part in dated),
            shared_by=_shared_by(row.provenance),
            facts=format_html_join("", "<span>{}</span>", ((fact,) for fact in facts)),
        )
    return cards


def _rows(pks: Sequence[int]) -> Iterable[Any]:
    names = ("pk", "slug", "original_language", "languages", "year", "provenance", "link", "type__slug", "type__medium")
    texts = [f"{field}_{code}" for field in ("title", "abstract") for code in settings.MODELTRANSLATION_LANGUAGES]
    return Publication.objects.published().filter(pk__in=pks).order_by().values_list(*names, *texts, named=True)


# One statement, by hand: put together by the ORM, its three parts take five times as long as the answer.
_AROUND = """
    SELECT link.publication_id, 'publisher', link.position, link.id, {names}
      FROM publications_publisher link JOIN stakeholders_organisation o ON o.id = link.organisation_id
     WHERE link.publication_id IN ({keys})
    UNION ALL
    SELECT link.publication_id, 'country', 0, 0, c.iso2, c.slug{rest}
      FROM publications_publication_countries link JOIN taxonomy_country c ON c.id = link.country_id
     WHERE link.publication_id IN ({keys})
    UNION ALL
    SELECT link.publication_id, 'file', link.position, -link.version, f.kind, CAST(f.size AS VARCHAR(20)){file}
      FROM publications_document link JOIN files_storedfile f ON f.id = link.file_id
     WHERE link.publication_id IN ({keys}) AND link.replaced_on IS NULL AND f.kind <> 'vtt'
"""


def _around(pks: Sequence[int]) -> dict[int, dict[str, list[tuple]]]:
    """Publishers, countries and files of publications, in order: what follows key, part and two numbers to order by."""
    if not pks:
        return {}
    languages = dict.fromkeys((get_language(), *settings.MODELTRANSLATION_LANGUAGES))
    known = [code for code in languages if code in settings.MODELTRANSLATION_LANGUAGES]
    names = [f"o.{field}_{code}" for field in ("acronym", "name") for code in known]
    statement = _AROUND.format(
        names=", ".join(names),
        keys=", ".join(["%s"] * len(pks)),
        rest=", NULL" * (len(names) - 2),
        file=", CAST(f.seconds AS VARCHAR(20))" + ", NULL" * (len(names) - 3),
    )
    found: dict[int, dict[str, list[tuple]]] = defaultdict(lambda: defaultdict(list))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*pks, *pks, *pks])
        for row in sorted(cursor.fetchall(), key=lambda row: row[:4]):
            found[row[0]][row[1]].append(row[4:])
    return found


def _facts(around: Mapping[str, list[tuple]], link: str, labels: Mapping[str, str]) -> tuple[SafeString | str, ...]:
    publishers = [next(filter(None, names), "") for names in around.get("publisher", ())]
    countries = [labels.get(code, code) for code, _slug, *_rest in sorted(around.get("country", ()), key=itemgetter(1))]
    facts = [wording.listed(publishers)] if publishers else []
    facts += [wording.listed(countries, 2)] if countries else []
    if files := around.get("file"):
        kind, size, seconds, *_rest = files[0]
        length = f"{wording.duration(int(seconds))}, " if seconds else ""
        return *facts, f"{StoredFile.Kind(kind).label}, {length}{wording.file_size(int(size))}"
    return (*facts, _("Link")) if link else tuple(facts)


def _written_in(languages: Sequence[str]) -> str:
    return wording.written_in(languages) if languages else ""


def _shared_by(provenance: str) -> str:
    if provenance == Publication.Provenance.MEMBER:
        return _("Shared by a member")
    return _("Shared by an ambassador") if provenance == Publication.Provenance.AMBASSADOR else ""
