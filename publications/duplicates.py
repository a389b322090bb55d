"""Is it here already? Asked while somebody fills in a form, and again for the editor.

Every question is answered by an index: of DOI, ISBN, the file's hash, the whole key of a title, and either half of it.
Two titles that differ in one letter have one half in common, so that a few rows are compared and never the library.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from publications.importing import cleaning
from publications.importing.matching import SHORT, differ_by_spelling
from publications.importing.vocabulary import Vocabulary, country_words
from publications.models import Publication
from publications.titles import title_key

if TYPE_CHECKING:
    from members.models import User
    from publications.models import Draft
    from publications.querysets import PublicationQuerySet

MOST = 3  # shown beside the form
_CANDIDATES = 200  # with one half of the title; more would be a series named alike


@dataclass(frozen=True)
class Similar:
    publication: Publication
    reason: str


@dataclass(frozen=True)
class Wanted:
    """What is known of something that may be here already."""

    title: str = ""
    doi: str = ""
    isbn: str = ""
    sha256: str = ""

    def similar(self, among: PublicationQuerySet, *, others: Iterable[int] = ()) -> list[Similar]:
        """The surest first. `others` are known to be other ones."""
        rows = among.exclude(pk__in=list(others)).exclude(status=Publication.Status.WITHDRAWN)
        rows = rows.select_related("type")
        found: dict[int, Similar] = {}
        for question, reason in self._questions():
            for row in rows.filter(question).order_by("pk")[:MOST]:
                found.setdefault(row.pk, Similar(row, reason))
        for row in self._titled_alike(rows):
            found.setdefault(row.pk, Similar(row, _("Nearly the same title")))
        return list(found.values())[:MOST]

    def _questions(self) -> Iterable[tuple[Q, str]]:
        if self.sha256:
            yield Q(documents__file__sha256=self.sha256), _("The same file")
        if self.doi:
            yield Q(doi=self.doi), _("The same DOI")
        if self.isbn:
            yield Q(isbn=self.isbn), _("The same ISBN")
        if key := title_key(self.title):
            yield Q(title_key=key), _("The same title")

    def _titled_alike(self, rows: PublicationQuerySet) -> Iterable[Publication]:
        key = title_key(self.title)
        if len(key) < SHORT:
            return []
        candidates: dict[int, Publication] = {}
        for column, halves in (("title_start", _halves(key)), ("title_end", _halves(key, from_end=True))):
            for row in rows.filter(**{f"{column}__in": halves})[:_CANDIDATES]:
                candidates[row.pk] = row
        near = [row for row in candidates.values() if row.title_key != key]
        if not near:
            return []
        words = country_words(Vocabulary())
        return [row for row in near if differ_by_spelling(key, row.title_key, words)]


def _halves(key: str, *, from_end: bool = False) -> set[str]:
    """The half as the database cuts it (`publications.models.HALF`), for this length and those a letter or two off."""
    lengths = {(len(key) + more) // 8 * 4 for more in (-2, -1, 0, 1, 2)}
    return {key[-length:] if from_end else key[:length] for length in lengths if length}


def similar_to(draft: Draft, *, reader: User) -> list[Similar]:
    """Records that a draft may be the same as, among those its reader may see and has not said are others."""
    among = Publication.objects.visible_to(reader)
    others = [*draft.others, draft.publication_id or 0]
    return wanted_by(draft).similar(among, others=others)


def wanted_by(draft: Draft) -> Wanted:
    return Wanted(
        title=draft.title,
        doi=cleaning.doi(draft.first("doi")),
        isbn=cleaning.isbn(draft.first("isbn")),
        sha256=draft.file.sha256 if draft.file else "",
    )
