"""References of other systems into the library: RIS, BibTeX, CSV and CSL-JSON.

    report = importing.run(paths=[path], options=importing.Options(source="ODI library"))

A file passes reading (bytes to references), understanding (references in our own terms), matching (is it here
already?) and writing. Without `commit` nothing is written, and the report says what would be.

Decisions worth knowing
- A record is recognised by its DOI, by the name its source has for it, by its file, or by title and year. Two
  different DOIs are two publications. Titles that differ by a number or by a country are different titles.
- Organisations are matched, never made: a misspelt publisher would become a profile. Names that match none are
  counted in the report; staff add them first (or an alias) and import then.
- A reference without link, DOI, Handle or file leads readers nowhere and is refused unless asked for, as a draft.
- A reference that says nothing of its licence gets "not stated": we link to it, and keep no copy of a file.
- Records arrive as drafts: nothing is public, and no review is promised, before somebody says so.
"""

from publications.importing.records import NEW, REFUSED, SAME, FileReport, Report, Verdict
from publications.importing.running import Options, run

__all__ = ["NEW", "REFUSED", "SAME", "FileReport", "Options", "Report", "Verdict", "run"]
