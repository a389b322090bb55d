"""What a row in a list shows of an organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content import wording
from content.cards import LONGEST_TEXT, LONGEST_TITLE
from content.translations import Words, words
from stakeholders.models import Organisation


@dataclass(frozen=True)
class Card:
    pk: int
    url: str
    title: Words
    text: Words
    acronym: str
    kicker: tuple[str, ...]  # kind, country
    focus: str


def read(pks: Sequence[int]) -> Mapping[int, Card]:
    """The cards of those of the given organisations that are public."""
    organisations = Organisation.objects.published().filter(pk__in=pks).with_card_data()
    return {organisation.pk: _card(organisation) for organisation in organisations}


def _card(organisation: Organisation) -> Card:
    focus = organisation.focus.all()
    return Card(
        pk=organisation.pk,
        url=organisation.get_absolute_url(),
        title=words(organisation, "name").cut(LONGEST_TITLE),
        text=words(organisation, "description").cut(LONGEST_TEXT),
        acronym=organisation.acronym,
        kicker=(organisation.get_type_display(), *([str(organisation.country)] if organisation.country else [])),
        focus=wording.listed(focus) if focus else "",
    )
