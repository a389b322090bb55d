"""Sentences of the field's own words, as often as words come in real texts, in three languages."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from pathlib import Path
from random import Random

import yaml

from portal.populate.chance import Skewed
from taxonomy.models import Country, Topic, TopicName

LANGUAGES = ("en", "fr", "es")
FILE = Path(__file__).with_name("words.yaml")
NARROW = "\u202f"
# {topic}, {place} and words; built so that no article or preposition before a place is needed.
TITLES = {
    "en": (
        "{topic} in {place}: {one} and {two}",
        "{topic}: {one} and {two} in {place}",
        "{One}, {two} and {topic_low}: lessons from {place}",
        "{place}: {topic_low} and {one}",
        "Does {topic_low} change {one}? Evidence from {place}",
        "{One} {two} and {topic_low}",
    ),
    "fr": (
        "{topic}" + NARROW + ": {one} et {two} ({place})",
        "{place}" + NARROW + ": {topic_low}, {one} et {two}",
        "{One}, {two} et {topic_low}" + NARROW + ": le cas de ce pays ({place})",
        "{topic} et {one}" + NARROW + ": état des lieux ({place})",
    ),
    "es": (
        "{topic}: {one} y {two} ({place})",
        "{place}: {topic_low}, {one} y {two}",
        "{One}, {two} y {topic_low}: lecciones aprendidas ({place})",
        "{topic} y {one}: estado de la cuestión ({place})",
    ),
}


class Words:
    """Read once per run from the vocabulary in the database and our list."""

    def __init__(self) -> None:
        self.lists: dict[str, list[str]] = {
            code: text.split() for code, text in yaml.safe_load(FILE.read_text(encoding="utf-8")).items()
        }

    @cached_property
    def by_language(self) -> dict[str, Skewed[str]]:
        return {code: Skewed(self._ranked(code)) for code in LANGUAGES}

    def _ranked(self, code: str) -> list[str]:
        """The words of labels and definitions by how often they come there, then our list, then names."""
        topics = Topic.objects.order_by("slug").values_list(f"label_{code}", f"definition_{code}")
        counts = Counter(word for pair in topics for text in pair for word in _words(text))
        synonyms = (
            TopicName.objects.filter(language=code).order_by("topic__slug", "text").values_list("text", flat=True)
        )
        places = Country.objects.order_by("slug").values_list(f"name_{code}", flat=True)
        tail = [word for text in (*synonyms, *places) for word in _words(text)]
        ordered = [word for word, _count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
        return list(dict.fromkeys([*ordered[:150], *self.lists[code], *ordered[150:], *tail]))

    def sentences(self, random: Random, code: str, count: int) -> str:
        """Sentences of eight to twenty-four words."""
        lengths = [random.randint(8, 24) for _sentence in range(count)]
        words = iter(self.by_language[code].draw(random, sum(lengths)))
        return " ".join(" ".join(next(words) for _word in range(length)).capitalize() + "." for length in lengths)

    def title(self, random: Random, code: str, topic: str, place: str) -> str:
        one, two = random.sample(self.lists[code], 2)
        title = random.choice(TITLES[code]).format(
            topic=topic, topic_low=topic[:1].lower() + topic[1:], place=place, one=one, two=two, One=one.capitalize()
        )
        return title[:1].upper() + title[1:]


def _words(text: str | None) -> list[str]:
    return [word.lower() for word in re.findall(r"[^\W\d_]+(?:’[^\W\d_]+)?", text or "")]
