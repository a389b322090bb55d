"""What a row in a list shows of a community."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communities.models import Community
from communities.numbers import Numbers, numbers_of
from content import wording
from content.cards import LONGEST_TEXT, LONGEST_TITLE
from content.translations import Words, words

TONES = {Community.Activity.ACTIVE: "good", Community.Activity.QUIET: "", Community.Activity.ARCHIVED: "warn"}


@dataclass(frozen=True)
class Card:
    pk: int
    url: str
    title: Words
    text: Words
    access: str
    languages: str
    activity: str
    tone: str
    numbers: Numbers


def read(pks: Sequence[int]) -> Mapping[int, Card]:
    """The cards of those of the given communities that everybody may know of, in three queries."""
    known = numbers_of(pks)
    return {one.pk: _card(one, known[one.pk]) for one in Community.objects.published().filter(pk__in=pks)}


def _card(community: Community, numbers: Numbers) -> Card:
    activity = Community.Activity(community.activity)
    return Card(
        pk=community.pk,
        url=community.get_absolute_url(),
        title=words(community, "name").cut(LONGEST_TITLE),
        text=words(community, "purpose").cut(LONGEST_TEXT),
        access=community.get_access_display(),
        languages=wording.language_names(community.languages) if community.languages else "",
        activity=str(activity.label),
        tone=TONES[activity],
        numbers=numbers,
    )
