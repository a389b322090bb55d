from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from content.models import Entry
from publications import importing

SHOWN_ORGANISATIONS = 20


class Command(BaseCommand):
    help = (
        "Import publications from RIS, BibTeX, CSV or CSL-JSON files. Without --commit nothing is written: each "
        "reference gets its verdict (new, same as record N, refused because). Safe to run again: what is here already "
        "is recognised. Exit code 1 when a file cannot be read at all; refused references are listed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        states = [Entry.Status.DRAFT.value, Entry.Status.IN_REVIEW.value, Entry.Status.PUBLISHED.value]
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--commit", action="store_true", help="Write the new records.")
        parser.add_argument("--source", default="", help="Where they come from (default: the first file's name).")
        parser.add_argument("--licence", default="not-stated", help="Slug, for references that name none.")
        parser.add_argument("--status", choices=states, default=states[0], help="Of new records (default: draft).")
        parser.add_argument(
            "--language", choices=settings.MODELTRANSLATION_LANGUAGES, default="en", help="Where none is told or seen."
        )
        parser.add_argument("--files", dest="folder", type=Path, help="Folder with the files that references name.")
        parser.add_argument("--tags", action="store_true", help="Keep keywords that name no topic as tags.")
        parser.add_argument(
            "--bare", action="store_true", help="Take references without link, DOI, Handle or file too, as drafts."
        )
        parser.add_argument("--verbose", action="store_true", help="With --commit: one line for every reference.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["bare"] and options["status"] != Entry.Status.DRAFT:
            raise CommandError(_("--bare goes with drafts only: what leads nowhere cannot be published."))
        if options["folder"] and not options["folder"].is_dir():
            raise CommandError(_("There is no folder %(path)s.") % {"path": options["folder"]})
        report = self._run(options)
        self._tell_verdicts(report, everything=options["verbose"] or not options["commit"])
        self._tell_sums(report)
        if report.unreadable:
            raise CommandError(
                ngettext(
                    "%(count)s file could not be read.", "%(count)s files could not be read.", len(report.unreadable)
                )
                % {"count": len(report.unreadable)}
            )

    def _run(self, options: dict[str, Any]) -> importing.Report:
        wishes = importing.Options(
            source=(options["source"] or options["files"][0].stem)[:120],
            licence=options["licence"],
            language=options["language"],
            status=options["status"],
            files=options["folder"],
            keeps_tags=options["tags"],
            takes_bare=options["bare"],
        )
        with tqdm(unit="", disable=None, leave=False, file=self.stderr) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                return importing.run(
                    paths=options["files"], options=wishes, commit=options["commit"], progress=progress
                )
            except ValueError as error:
                raise CommandError(str(error)) from error

    def _tell_verdicts(self, report: importing.Report, *, everything: bool) -> None:
        verdicts: dict[str, list[importing.Verdict]] = defaultdict(list)
        for verdict in report.verdicts:
            verdicts[verdict.file].append(verdict)
        for file in report.files:
            if file.problem:
                self.stdout.write(self.style.ERROR(f"{file.name}: {file.problem}"))
                continue
            self.stdout.write(f"{file.name}: {file.format}, {file.encoding}, {file.read}")
            for verdict in verdicts[file.name]:
                if everything or verdict.kind == importing.REFUSED:
                    self.stdout.write(f"{verdict.number:6}  {verdict.title[:60] or '—'}: {verdict}")

    def _tell_sums(self, report: importing.Report) -> None:
        counts = {kind: report.count(kind) for kind in (importing.NEW, importing.SAME, importing.REFUSED)}
        self.stdout.write("")
        self.stdout.write(
            _("Read %(read)s: %(new)s new, %(same)s here already, %(refused)s refused.")
            % {"read": report.read, **counts}
        )
        if report.unknown_organisations:
            self.stdout.write(_("Publishers that match no organisation (add them or an alias, then import):"))
            for name, count in list(report.unknown_organisations.items())[:SHOWN_ORGANISATIONS]:
                self.stdout.write(f"{count:6}  {name}")
        if not report.committed:
            self.stdout.write(_("Nothing was written. With --commit the new records are."))
