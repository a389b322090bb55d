"""The directory: its terms, written when a profile changes, and what is counted and found by them.

A term that an audience may not know has no row that it counts, so lists, facets and words cannot tell it either. One
table serves both audiences: members count all rows, visitors the public ones. See docs/adr/0014.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from django.db import connection
from django.db.models import Count, Q, QuerySet

from content import caching
from people.models import Profile, Term
from people.visibility import Audience, shows
from search.analysis import words
from search.selection import Selection

FACETS = ("country", "topic", "lang", "type", "experience")
KIND = "member"  # names the generation of whatever shows members
FIELD_OF = {"country": "country", "topic": "topics", "lang": "languages", "type": "affiliations"}
LONGEST = 80  # characters of a value
MOST_WORDS = 6  # of a question; a name has no more


def name_key(name: str) -> str:
    """A name as lists order it: without accents and case."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(one for one in folded if not unicodedata.combining(one))[:120]


def terms_of(profile: Profile, ancestors: Mapping[str, Sequence[str]]) -> Iterator[Term]:
    """The rows of one profile, read `with_shown_data()`. `ancestors`: slugs of a topic and those above it, by path."""
    values = {
        "country": [profile.country.iso2] if profile.country else [],
        "topic": [slug for topic in profile.topics.all() for slug in ancestors[topic.path]],
        "lang": profile.languages,
        "type": [one.organisation.type for one in profile.user.affiliations.all() if one.to_year is None],
        "experience": [country.iso2 for country in profile.experience.all()],
    }
    is_public = profile.listed_for == Profile.Listing.EVERYONE
    for word in dict.fromkeys(words(profile.user.display_name)):
        yield Term(profile=profile, facet="word", value=word[:LONGEST], is_public=is_public)
    for facet, found in values.items():
        name = FIELD_OF.get(facet, facet)
        if shows(profile.visibility, name, Audience.MEMBER):
            public = is_public and shows(profile.visibility, name, Audience.VISITOR)
            for value in dict.fromkeys(found):
                yield Term(profile=profile, facet=facet, value=value[:LONGEST], is_public=public)


class Question:
    """What a reader asks of the directory. `apart`: keys of members who are not to be met."""

    def __init__(self, selection: Selection, *, is_member: bool, apart: Sequence[int]) -> None:
        self.selection = selection
        self.is_member = is_member
        self.apart = apart
        self.words = words(selection.text)[:MOST_WORDS]

    def profiles(self, *, but: str = "") -> QuerySet[Profile]:
        """Who answers it, the filter of one facet left out."""
        listings = [Profile.Listing.EVERYONE, *([Profile.Listing.MEMBERS] if self.is_member else [])]
        found = Profile.objects.filter(listed_for__in=listings).without(list(self.apart))
        for facet, values in self.selection.filters.items():
            if facet != but:
                found = found.filter(pk__in=self._terms(facet).filter(value__in=values).values("profile"))
        for word in self.words:
            found = found.filter(pk__in=self._terms("word").filter(begins_with(word)).values("profile"))
        return found

    def _terms(self, facet: str) -> QuerySet[Term]:
        terms = Term.objects.filter(facet=facet)
        return terms if self.is_member else terms.filter(is_public=True)

    def count(self) -> int:
        return self._kept("count", lambda: self.profiles().count())

    def values(self, facet: str) -> list[tuple[str, int]]:
        """Values of a facet with their counts, the most frequent first, its own filter left out."""
        return self._kept(f"values:{facet}", lambda: self._counted(facet))

    def _counted(self, facet: str) -> list[tuple[str, int]]:
        terms = self._terms(facet)
        if self.words or self.apart or set(self.selection.filters) - {facet}:
            terms = terms.filter(profile__in=self.profiles(but=facet).values("pk"))
        counted = terms.order_by().values_list("value").annotate(number=Count("pk"))
        return sorted(counted, key=lambda one: (-one[1], one[0]))

    def _kept(self, what: str, make):  # type: ignore[no-untyped-def]
        """Counted once until any profile changes; anew for whoever does not see everybody."""
        if self.apart:
            return make()
        filters = [(facet, *values) for facet, values in sorted(self.selection.filters.items())]
        name = caching.name_of("members", self.is_member, what, self.words, filters)
        return caching.remember(name, make, KIND)


def begins_with(word: str) -> Q:
    """Words that begin like this one, by an index: PostgreSQL has one for LIKE, SQLite compares bytes."""
    if connection.vendor == "postgresql":
        return Q(value__startswith=word)
    return Q(value__gte=word, value__lt=f"{word}\U0010ffff")
