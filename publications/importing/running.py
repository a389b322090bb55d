"""One import from its files to its verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from content.models import Entry
from publications.importing import writing
from publications.importing.attachments import Folder
from publications.importing.matching import Library
from publications.importing.reading import read
from publications.importing.records import NEW, REFUSED, SAME, Draft, Raw, Report, Verdict
from publications.importing.understanding import Choices, Refused, understand
from publications.importing.vocabulary import Vocabulary, country_words
from publications.importing.writing import Candidate, Origin

if TYPE_CHECKING:
    from files.models import StoredFile
    from members.models import User

CHUNK = 500  # records in one transaction: what a killed run loses, and how long other writers wait


@dataclass(frozen=True)
class Options:
    """What the person who imports decides. `source` names where the references come from and stays with each record."""

    source: str
    licence: str = "not-stated"  # of references that do not say theirs
    language: str = "en"  # of references that neither say nor show theirs
    status: str = Entry.Status.DRAFT
    by: User | None = None
    files: Path | None = None  # folder with the files that references name
    keeps_tags: bool = False  # keywords that name no topic become tags
    takes_bare: bool = False  # references that lead nowhere become drafts
    validates: bool = True  # off only to measure what it costs


@dataclass
class Run:
    options: Options
    vocabulary: Vocabulary
    report: Report = field(default_factory=Report)
    pending: list[tuple[Draft, Verdict]] = field(default_factory=list)

    @property
    def origin(self) -> Origin:
        return Origin(self.options.source, self.options.status, self.options.by)


def run(
    *, paths: Sequence[Path], options: Options, commit: bool = False, progress: Callable[[int, int], None] | None = None
) -> Report:
    """Read the files and say of each reference whether it is new, here already, or refused; `commit` writes the new.

    Records are written in lots, each whole or not at all, so that a run which was killed is simply run again.
    `progress` is told how many references are done, of how many. Raises ValueError for a licence there is not.
    """
    vocabulary = Vocabulary()
    one = Run(options, vocabulary)
    _understand(one, paths, _choices(options, vocabulary))
    library = Library(
        [draft for draft, _verdict in one.pending], source=options.source, country_words=country_words(vocabulary)
    )
    done = len(one.report.verdicts) - len(one.pending)
    for lot in _lots(one.pending):
        candidates = _judge(one, library, lot)
        if commit and candidates:
            _write(one, candidates)
        done += len(lot)
        if progress:
            progress(done, one.report.read)
    one.report.unknown_organisations = dict(vocabulary.unknown_organisations.most_common())
    one.report.committed = commit
    return one.report


def _choices(options: Options, vocabulary: Vocabulary) -> Choices:
    licence_id = vocabulary.licence_of(options.licence)
    if licence_id is None or vocabulary.default_type is None:
        raise ValueError(_("There is no licence “%(slug)s”. Load the vocabulary first?") % {"slug": options.licence})
    return Choices(
        language=options.language,
        licence_id=licence_id,
        keeps_tags=options.keeps_tags,
        takes_bare=options.takes_bare and options.status != Entry.Status.PUBLISHED,
        folder=Folder(options.files) if options.files else None,
    )


def _understand(one: Run, paths: Sequence[Path], choices: Choices) -> None:
    for path in paths:
        file, references = read(path)
        one.report.files.append(file)
        for raw in references:
            one.report.verdicts.append(_first_verdict(one, raw, file.name, choices))


def _first_verdict(one: Run, raw: Raw, file: str, choices: Choices) -> Verdict:
    title = " ".join(next(iter(raw.titles.values()), "").split())[:200]
    try:
        draft = understand(raw, file=file, vocabulary=one.vocabulary, choices=choices)
    except Refused as refusal:
        return Verdict(file, raw.number, REFUSED, title, str(refusal))
    verdict = Verdict(file, raw.number, NEW, draft.title[:200])
    one.pending.append((draft, verdict))
    return verdict


def _lots(pending: Sequence[tuple[Draft, Verdict]]) -> Iterator[list[tuple[Draft, Verdict]]]:
    rest = iter(pending)
    while lot := list(islice(rest, CHUNK)):
        yield lot


def _judge(one: Run, library: Library, lot: Sequence[tuple[Draft, Verdict]]) -> dict[str, tuple[Candidate, Verdict]]:
    """The ones to be written, by key; the verdicts of the others are told."""
    candidates: dict[str, tuple[Candidate, Verdict]] = {}
    for draft, verdict in lot:
        if found := library.find(draft) if one.options.validates else library.find_by_name(draft):
            known, verdict.reason = found
            verdict.kind, verdict.record, verdict.entry = SAME, known.record, known.entry
            continue
        publication = writing.prepare(draft, one.origin)
        if one.options.validates and (problem := writing.problem_of(publication)):
            verdict.kind, verdict.reason = REFUSED, problem
            continue
        library.add(draft)
        candidates[draft.key] = Candidate(draft, publication), verdict
    return candidates


def _write(one: Run, candidates: dict[str, tuple[Candidate, Verdict]]) -> None:
    stored = _keep_files(candidates)
    try:
        _write_once(one, candidates, stored)
    except IntegrityError:  # another run was faster between our look and our write: its records are there now
        for candidate, _verdict in candidates.values():
            candidate.publication.pk = None
        _write_once(one, candidates, stored)


def _write_once(
    one: Run, candidates: dict[str, tuple[Candidate, Verdict]], stored: dict[str, list[StoredFile]]
) -> None:
    there = writing.already_imported((candidate.draft for candidate, _verdict in candidates.values()), one.origin)
    for key, pk in there.items():
        verdict = candidates.pop(key)[1]
        verdict.kind, verdict.record, verdict.reason = SAME, pk, _("came from this source before")
    writing.write([candidate for candidate, _verdict in candidates.values()], stored, one.origin)
    for candidate, verdict in candidates.values():
        verdict.record = candidate.publication.pk


def _keep_files(candidates: dict[str, tuple[Candidate, Verdict]]) -> dict[str, list[StoredFile]]:
    """Files are kept before the records that show them; a file refused refuses its record."""
    stored: dict[str, list[StoredFile]] = {}
    for key, (candidate, verdict) in list(candidates.items()):
        try:
            stored[key] = writing.keep_files(candidate.draft)
        except ValidationError as error:
            verdict.kind, verdict.reason = REFUSED, " ".join(error.messages)
            del candidates[key]
    return stored
