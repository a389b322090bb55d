"""What an editor sees of a correction, for `publications/_reviewed.html`."""

from __future__ import annotations

from django import template

from publications import reviewing
from publications.models import Draft, Publication
from publications.summaries import Change

register = template.Library()


@register.simple_tag
def proposal(record: Publication) -> Draft | None:
    return reviewing.proposal_of(record)


@register.simple_tag
def changes(record: Publication, draft: Draft) -> list[Change]:
    return reviewing.changes_of(record, draft)
