"""The directory: what is asked of the members' two indexes. See docs/adr/0014."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from search import services
from search.analysis import words
from search.plan import Beginning, Plan
from search.query import Results
from search.selection import Selection

KIND = "member"  # what visitors may know; names the generation of whatever shows members, too
INSIDE = "member_inside"  # what members may know
# The field of a profile that each facet counts.
FIELD_OF = {
    "country": "country",
    "topic": "topics",
    "lang": "languages",
    "type": "affiliations",
    "experience": "experience",
}
FACETS = tuple(FIELD_OF)
MOST_WORDS = 6  # of a question; a name has no more


def name_key(name: str) -> str:
    """A name as lists order it: without accents and case."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(one for one in folded if not unicodedata.combining(one))[:120]


@dataclass(frozen=True)
class Question:
    """What a reader asks of the directory. `apart`: keys of profiles that are not to be met."""

    selection: Selection
    is_member: bool
    apart: Sequence[int] = ()

    def ask(self, *, facets: Sequence[str] = (), most: int = 300, sort: str = "name", size: int = 0) -> Results:
        """Who answers it, with the counts of facets. Raises IndexMissing before the first index is built."""
        kind = INSIDE if self.is_member else KIND
        plan = Plan(
            clauses=tuple((Beginning(word),) for word in words(self.selection.text)[:MOST_WORDS]),
            filters=self.selection.filters,
            without=tuple(f"{kind}.{pk}" for pk in self.apart),
            sort=sort,
            offset=(self.selection.page - 1) * size,
            limit=size,
            facets=tuple(facets),
            facet_size=most,
        )
        return services.ask_shelf(kind, plan)
