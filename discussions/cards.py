"""What a row in a list of everything shows of a discussion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from content.cards import LONGEST_TEXT, LONGEST_TITLE
from content.text import one_line
from content.translations import Words
from discussions import places
from discussions.models import Post, Thread


@dataclass(frozen=True)
class Card:
    pk: int
    url: str
    title: Words
    text: Words
    kind: str
    place: str
    replies: int
    is_answered: bool


def read(pks: Sequence[int]) -> Mapping[int, Card]:
    """The cards of those of the given discussions that everybody may read, in three queries."""
    threads = Thread.objects.published().filter(pk__in=pks).with_card_data()
    firsts = Post.objects.shown().filter(thread__in=pks, number=1).values_list("thread_id", "text", "language")
    said = {thread: (text, language) for thread, text, language in firsts}
    return {thread.pk: _card(thread, *said.get(thread.pk, ("", thread.language))) for thread in threads}


def _card(thread: Thread, text: str, language: str) -> Card:
    return Card(
        pk=thread.pk,
        url=thread.get_absolute_url(),
        title=_words(thread.title, thread.language).cut(LONGEST_TITLE),
        text=_words(one_line(text), language).cut(LONGEST_TEXT),
        kind=str(thread.called),
        place=places.of_thread(thread).name_of(thread.record),
        replies=thread.reply_count,
        is_answered=thread.answer_id is not None,
    )


def _words(text: str, language: str) -> Words:
    return Words(text, language, language != get_language())
