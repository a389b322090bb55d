"""New records into the library, some hundred at a time, each lot in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from content import caching
from content.models import Entry, ReviewStep, TranslationState
from files.models import StoredFile
from files.services import store_file
from publications.importing.records import Draft
from publications.models import Author, Document, Publication, Publisher
from publications.services import keep_title_keys
from search import services as search
from taxonomy.models import Tag, Tagging

if TYPE_CHECKING:
    from members.models import User

SLUG_LENGTH = 90
# Untranslated columns stand for the reader's language and would be written into it; keys come from our own tables.
_NOT_CLEANED = {"title", "abstract", "id", "created_at", "updated_at"} | {
    field.name for field in Publication._meta.concrete_fields if field.is_relation
}


@dataclass(frozen=True)
class Origin:
    """What all records of one import share."""

    source: str
    status: str = Entry.Status.DRAFT
    by: User | None = None


@dataclass
class Candidate:
    draft: Draft
    publication: Publication


def prepare(draft: Draft, origin: Origin) -> Publication:
    """The row that a draft would become, its slug still to be given."""
    now = timezone.now()
    texts = {f"title_{code}": text for code, text in draft.titles.items()}
    texts |= {f"abstract_{code}": text for code, text in draft.abstracts.items()}
    return Publication(
        slug=_base_slug(draft),
        status=origin.status,
        original_language=draft.language,
        owner=None,
        submitted_at=None if origin.status == Entry.Status.DRAFT else now,
        published_at=now if origin.status == Entry.Status.PUBLISHED else None,
        type_id=draft.type_id,
        languages=draft.languages,
        year=draft.year,
        month=draft.month,
        day=draft.day,
        series_id=draft.series_id,
        series_number=draft.series_number,
        journal=draft.journal,
        doi=draft.doi,
        isbn=draft.isbn,
        handle=draft.handle,
        licence_id=draft.licence_id,
        link=draft.link,
        provenance=Publication.Provenance.IMPORTED,
        source=origin.source,
        source_record=draft.key,
        **texts,
    )


def problem_of(publication: Publication) -> str:
    """Why a row may not be written, as one sentence; "" when it may. Asks each field, and the database nothing."""
    try:
        publication.clean_fields(exclude=_NOT_CLEANED)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        label = capfirst(str(getattr(Publication._meta.get_field(name), "verbose_name", name)))
        return _("%(field)s: %(message)s") % {"field": label, "message": messages[0]}
    return ""


def keep_files(draft: Draft) -> list[StoredFile]:
    """Raises ValidationError, with a sentence, for a file that we refuse."""
    return [
        store_file(content=file.path.read_bytes(), name=file.path.name, language=draft.language) for file in draft.files
    ]


def already_imported(drafts: Iterable[Draft], origin: Origin) -> dict[str, int]:
    """Records of this source that another run has written meanwhile."""
    keys = [draft.key for draft in drafts]
    found = Publication.objects.filter(source=origin.source, source_record__in=keys)
    return dict(found.values_list("source_record", "pk"))


@transaction.atomic
def write(candidates: Sequence[Candidate], stored: dict[str, list[StoredFile]], origin: Origin) -> None:
    """All of them or none. Raises IntegrityError when another run writes the same records at the same moment."""
    _give_slugs(candidates)
    publications = Publication.objects.bulk_create([candidate.publication for candidate in candidates])
    keep_title_keys(publications=publications)
    _write_people(candidates)
    _write_terms(candidates)
    _write_files(candidates, stored)
    _write_history(candidates, origin)
    search.note_changes("publication", [publication.pk for publication in publications])
    caching.bump("publication")


def _base_slug(draft: Draft) -> str:
    return slugify(draft.title)[:SLUG_LENGTH].strip("-") or f"publication-{_digest(draft.key)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _give_slugs(candidates: Sequence[Candidate]) -> None:
    """The title's own, and where that is taken the title's with a digest of what names the record in its source."""
    bases = {candidate.publication.slug for candidate in candidates}
    taken = {*Publication.RESERVED_SLUGS, *Publication.objects.filter(slug__in=bases).values_list("slug", flat=True)}
    for candidate in candidates:
        publication = candidate.publication
        if publication.slug in taken:
            publication.slug += f"-{_digest(publication.source + publication.source_record)}"
        taken.add(publication.slug)


def _write_people(candidates: Sequence[Candidate]) -> None:
    Author.objects.bulk_create(
        Author(publication_id=one.publication.pk, position=position, family=name.family, given=name.given)
        for one in candidates
        for position, name in enumerate(one.draft.authors)
    )
    Publisher.objects.bulk_create(
        Publisher(publication_id=one.publication.pk, organisation_id=pk, position=position)
        for one in candidates
        for position, pk in enumerate(one.draft.organisation_ids)
    )


def _write_terms(candidates: Sequence[Candidate]) -> None:
    for links, column, ids in (
        (Publication.topics.through, "topic_id", "topic_ids"),
        (Publication.countries.through, "country_id", "country_ids"),
        (Publication.regions.through, "region_id", "region_ids"),
    ):
        links._default_manager.bulk_create(
            links(publication_id=one.publication.pk, **{column: pk})
            for one in candidates
            for pk in getattr(one.draft, ids)
        )
    tags = _tags({name for one in candidates for name in one.draft.tags})
    kind = ContentType.objects.get_for_model(Publication)
    Tagging.objects.bulk_create(
        Tagging(content_type=kind, object_id=one.publication.pk, tag=tag)
        for one in candidates
        for tag in {tags[name.lower()].pk: tags[name.lower()] for name in one.draft.tags}.values()
    )


def _tags(names: Iterable[str]) -> dict[str, Tag]:
    """Tags by their name in lower case, the missing ones made."""
    known = {tag.name.lower(): tag for tag in Tag.objects.all()} if names else {}
    for name in names:
        if name.lower() not in known:
            known[name.lower()] = Tag.objects.create(name=name)
    return known


def _write_files(candidates: Sequence[Candidate], stored: dict[str, list[StoredFile]]) -> None:
    Document.objects.bulk_create(
        Document(publication_id=one.publication.pk, file=file, position=position)
        for one in candidates
        for position, file in enumerate(stored.get(one.draft.key, ()))
    )


def _write_history(candidates: Sequence[Candidate], origin: Origin) -> None:
    kind = ContentType.objects.get_for_model(Publication)
    note = _("Imported from %(source)s.") % {"source": origin.source}
    ReviewStep.objects.bulk_create(
        ReviewStep(content_type=kind, object_id=one.publication.pk, status=origin.status, by=origin.by, note=note)
        for one in candidates
    )
    TranslationState.objects.bulk_create(_translations(candidates, kind, timezone.now()))


def _translations(candidates: Sequence[Candidate], kind: ContentType, now: datetime) -> Iterable[TranslationState]:
    for one in candidates:
        for field, texts in (("title", one.draft.titles), ("abstract", one.draft.abstracts)):
            for code in texts:
                if code != one.draft.language:
                    yield TranslationState(
                        content_type=kind, object_id=one.publication.pk, language=code, field=field, updated_at=now
                    )
