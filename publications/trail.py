"""What the audit trail keeps of publications."""

from __future__ import annotations

from content import trail
from publications.models import Author, Document, Publication, Publisher, Series
from publications.services import save_publication


def sign_up() -> None:
    trail.keep(
        Publication,
        many=["topics", "countries", "regions", "goals", "related"],
        save=lambda record, by: save_publication(publication=record, by=by),
    )
    for part in (Author, Publisher, Document, Series):
        trail.keep(part)
