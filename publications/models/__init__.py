"""The library: what was published, by whom, in which files."""

from publications.models.drafts import Draft, Proposal, draft_key
from publications.models.imports import ImportRun, ImportVerdict
from publications.models.library import Author, Document, Publication, Publisher, Series, TitleKey

__all__ = [
    "Author",
    "Document",
    "Draft",
    "ImportRun",
    "ImportVerdict",
    "Proposal",
    "Publication",
    "Publisher",
    "Series",
    "TitleKey",
    "draft_key",
]
