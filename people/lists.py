"""The directory as a list: the same pages, filters and chips as the lists of content, over the members' own indexes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content.translations import Words
from people.directory import FACETS, KIND, Question
from people.models import Profile
from people.querysets import kept_apart
from people.seen import Seen, see
from people.visibility import Audience
from search.facets import FACETS as KNOWN
from search.facets import Facet
from search.listing import MOST_VALUES, PAGE_SIZE, Listing
from search.parts import Group, Link, ListSpec
from search.query import Results

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

LABELS = {"topic": gettext_lazy("Expertise"), "type": gettext_lazy("Kind of institution")}


def facet_of(name: str) -> Facet:
    return replace(KNOWN[name], label=LABELS.get(name, KNOWN[name].label))


def _count(number: int) -> str:
    return ngettext("%(count)s member", "%(count)s members", number) % {
        "count": number_format(number, force_grouping=True)
    }


MEMBERS = ListSpec(
    kind=KIND,
    heading=gettext_lazy("Members"),
    search_label=gettext_lazy("Search members by name"),
    facets=FACETS,
    count_label=_count,
    has_years=False,
    values_url=lambda facet: reverse("people:facet", args=[facet]),
)


class MemberListing(Listing):
    """What a reader may know of whom they may know of. Staff are members here."""

    def __init__(self, request: HttpRequest, *, counted: tuple[str, ...] | None = None) -> None:
        self.reader = request.user
        super().__init__(request, MEMBERS, counted=counted)

    @cached_property
    def question(self) -> Question:
        is_member = self.reader.is_authenticated
        blocked = kept_apart(self.reader) if is_member else []
        apart = list(Profile.objects.filter(user__in=blocked).values_list("pk", flat=True)) if blocked else []
        return Question(self.selection, is_member, apart)

    @cached_property
    def results(self) -> Results:
        found = self.question.ask(facets=self.counted, sort=self.sort, size=PAGE_SIZE)
        if found.count or not self.selection.is_filtered:
            return found
        return replace(found, without_filters=replace(self.question, selection=self.selection.only_words()).ask().count)

    def values(self, facet: str) -> dict[str, int]:
        """As many values of a facet as its own page looks through, with their counts."""
        return dict(self.question.ask(facets=(facet,), most=MOST_VALUES).facets[facet])

    @cached_property
    def members(self) -> list[Seen]:
        """Those of this page. Who closed their account since they were counted is left out."""
        audience = Audience.MEMBER if self.reader.is_authenticated else Audience.VISITOR
        visible = Profile.objects.visible_to(self.reader).filter(pk__in=[hit.pk for hit in self.results.hits])
        found = {profile.pk: see(profile, audience) for profile in visible.with_shown_data()}
        return [found[hit.pk] for hit in self.results.hits if hit.pk in found]

    @cached_property
    def _cards(self) -> dict[tuple[str, int], SafeString]:
        cards = {seen.pk: render_to_string("people/_card.html", {"person": seen}) for seen in self.members}
        return {(hit.kind, hit.pk): cards[hit.pk] for hit in self.results.hits if hit.pk in cards}

    def _group(self, name: str, size: int) -> Group:
        return replace(super()._group(name, size), facet=facet_of(name))

    @property
    def sorts(self) -> list[Link]:
        names = {"": _("By name"), "newest": _("Newest first")}
        return [
            Link(
                label,
                replace(self.selection, sort=sort, page=1).address(self.path),
                (self.sort == "newest") == bool(sort),
            )
            for sort, label in names.items()
        ]

    @property
    def looked_for(self) -> str:
        return _("We looked for “%(text)s” in the names of members.") % {"text": self.selection.text}

    @property
    def sort(self) -> str:
        return "newest" if self.selection.sort == "newest" else "name"

    def as_data(self, base: str) -> dict[str, Any]:
        return {
            "count": self.count,
            "page": self.selection.page,
            "pages": self.page_count,
            "results": [as_row(seen, base) for seen in self.members],
            "facets": {name: dict(counts) for name, counts in self.results.facets.items()},
        }


def as_row(seen: Seen, base: str) -> dict[str, Any]:
    """One member for programs: what the reader may see, and nothing where they may not."""
    biography: Words = seen.biography
    return {
        "name": seen.name,
        "url": f"{base}{seen.url}",
        "position": seen.position,
        "biography": {biography.language: biography.text} if biography.text else {},
        "country": seen.country.iso2 if seen.country else None,
        "organisations": [one.organisation.slug for one in seen.current],
        "topics": [topic.slug for topic in seen.topics],
        "experience": [country.iso2 for country in seen.experience],
        "languages": list(seen.languages),
    }
