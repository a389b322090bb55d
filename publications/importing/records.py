"""The shapes an import passes from hand to hand: as read, as understood, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _


class Unreadable(Exception):
    """A file that cannot be read as references at all. The message is a sentence for a person."""


@dataclass(frozen=True)
class Name:
    """A person, or with `whole` a name that must not be split: an organisation that signs as the author."""

    family: str
    given: str = ""
    whole: bool = False


@dataclass
class Raw:
    """One reference as its format gives it: text still with its markup, several candidates where formats have them."""

    number: int  # place in its file, from 1
    kinds: list[str] = field(default_factory=list)  # "ris:RPRT", "bibtex:techreport", "csl:report", or a type's name
    titles: dict[str, str] = field(default_factory=dict)  # by language; "" when the format does not say
    abstracts: dict[str, str] = field(default_factory=dict)
    authors: list[Name] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)  # publisher, institution
    dates: list[str] = field(default_factory=list)  # the surest first
    journal: str = ""
    series: str = ""
    series_number: str = ""
    identifiers: list[str] = field(default_factory=list)  # fields where a DOI or Handle may stand
    isbn: str = ""
    links: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    licence: str = ""
    files: list[str] = field(default_factory=list)
    accession: str = ""  # number under which a database keeps it
    problem: str = ""  # why it could not be read


@dataclass(frozen=True)
class Attachment:
    path: Path
    sha256: str


@dataclass
class Draft:
    """One reference understood: clean values in our own terms, ready to compare and to write."""

    file: str
    number: int
    titles: dict[str, str]
    abstracts: dict[str, str]
    language: str  # a language of our columns
    languages: list[str]  # of the document, any code
    title_key: str
    type_id: int
    licence_id: int
    authors: list[Name] = field(default_factory=list)
    organisation_ids: list[int] = field(default_factory=list)
    topic_ids: list[int] = field(default_factory=list)
    country_ids: list[int] = field(default_factory=list)
    region_ids: list[int] = field(default_factory=list)
    series_id: int | None = None
    series_number: str = ""
    tags: list[str] = field(default_factory=list)
    year: int | None = None
    month: int | None = None
    day: int | None = None
    journal: str = ""
    doi: str = ""
    handle: str = ""
    isbn: str = ""
    link: str = ""
    files: list[Attachment] = field(default_factory=list)
    key: str = ""  # names the record in its source, whatever file it comes in

    @property
    def title(self) -> str:
        return self.titles[self.language]

    @property
    def hashes(self) -> list[str]:
        return [file.sha256 for file in self.files]

    @property
    def first_author(self) -> str:
        return self.authors[0].family if self.authors else ""


NEW, SAME, REFUSED = "new", "same", "refused"


@dataclass
class Verdict:
    """What becomes of one reference."""

    file: str
    number: int
    kind: str  # new, same, refused
    title: str = ""
    reason: str = ""  # why it is the same, or why refused: a sentence
    record: int | None = None  # the record it is, or became
    entry: tuple[str, int] | None = None  # or the entry of these files that it repeats

    def __str__(self) -> str:
        if self.kind == REFUSED:
            return _("refused: %(reason)s") % {"reason": self.reason}
        if self.kind == NEW:
            return _("new") if self.record is None else _("new: record %(record)s") % {"record": self.record}
        if self.record is None and self.entry:
            said = {"number": self.entry[1], "file": self.entry[0], "reason": self.reason}
            return _("same as entry %(number)s of %(file)s (%(reason)s)") % said
        return _("same as record %(record)s (%(reason)s)") % {"record": self.record, "reason": self.reason}


@dataclass
class FileReport:
    name: str
    format: str = ""
    encoding: str = ""
    read: int = 0
    problem: str = ""  # why nothing of it could be read


@dataclass
class Report:
    files: list[FileReport] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    unknown_organisations: dict[str, int] = field(default_factory=dict)  # publisher's name -> how often
    committed: bool = False

    def count(self, kind: str) -> int:
        return sum(verdict.kind == kind for verdict in self.verdicts)

    @property
    def read(self) -> int:
        return sum(file.read for file in self.files)

    @property
    def unreadable(self) -> list[FileReport]:
        return [file for file in self.files if file.problem]
