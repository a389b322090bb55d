"""What every list shares: the reader's choice, the facets beside it, the rows, the pages, and how it is answered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from content import addresses, registry
from content.cards import kept_cards, render_card
from content.paging import Pager, pager_of
from search import facets, services
from search.parts import Group, Link, ListSpec, Option, Rows
from search.query import Query, Results
from search.selection import Selection
from taxonomy.models import Topic

if TYPE_CHECKING:
    from django.db.models import Model
    from django.utils.safestring import SafeString

    from search.query import Hit

PAGE_SIZE = 20
SHOWN_VALUES = 10
SHOWN_AT_ONCE = 300  # on the page of all values; more is no page for a phone
MOST_VALUES = 2000  # that page looks for a name among so many, the most frequent first
MAX_PAGES = 500  # further back nobody turns pages; engines would have to walk there


class Listing:
    """One page of a list, worked out piece by piece as the template asks."""

    def __init__(self, request: HttpRequest, spec: ListSpec, *, counted: tuple[str, ...] | None = None) -> None:
        self.spec = spec
        self.path = request.path
        self.counted = spec.facets if counted is None else counted
        asked = Selection.read(request.GET, facets=(*spec.facets, *(() if spec.kind else ("kind",))))
        self.selection = _with_current_topics(asked)
        if self.results.count and self.selection.page > self.page_count:
            raise Http404("The list ends before this page.")

    # ----- what was asked and answered

    @cached_property
    def query(self) -> Query:
        chosen = self.selection
        year_from, year_to = chosen.years
        return Query(
            text=chosen.text,
            kind=self.spec.kind,
            filters={**chosen.filters, **self.spec.always},
            year_from=year_from,
            year_to=year_to,
            language=get_language() or "en",
            sort=self.sort,
            page=chosen.page,
            size=PAGE_SIZE,
            facets=self.counted if self.spec.kind else (*self.counted, "kind"),
        )

    @cached_property
    def results(self) -> Results:
        return services.search(self.query)

    @property
    def count(self) -> int:
        return self.results.count

    @property
    def count_text(self) -> str:
        return self.spec.count_label(self.count)

    @property
    def sort(self) -> str:
        return self.selection.sort or ("best" if self.selection.text else "newest")

    # ----- rows

    @cached_property
    def records(self) -> list[Model]:
        """The records of this page, whole, in order. Those withdrawn since the index was written are left out."""
        found: dict[tuple[str, int], Model] = {}
        for kind, hits in self._by_kind().items():
            records = registry.get(kind).published().filter(pk__in=[hit.pk for hit in hits])
            found |= {(kind, record.pk): record for record in records.with_card_data()}
        return [found[hit.kind, hit.pk] for hit in self.results.hits if (hit.kind, hit.pk) in found]

    def _by_kind(self) -> dict[str, list[Hit]]:
        kinds: dict[str, list[Hit]] = {}
        for hit in self.results.hits:
            kinds.setdefault(hit.kind, []).append(hit)
        return kinds

    @cached_property
    def _cards(self) -> dict[tuple[str, int], SafeString]:
        if not self.selection.text:  # nothing to mark in them: the kept ones will do
            return {
                (kind, pk): card
                for kind, hits in self._by_kind().items()
                for pk, card in kept_cards(kind, [hit.pk for hit in hits]).items()
            }
        cards = {}
        for kind, hits in self._by_kind().items():
            content_type = registry.get(kind)
            read = content_type.cards([hit.pk for hit in hits])
            for hit in hits:
                if record := read.get(hit.pk):
                    title = hit.titles.get(record.title.language, "")
                    cards[kind, hit.pk] = render_card(content_type, record, hit=hit, title_html=title)
        return cards

    @cached_property
    def rows(self) -> list[Rows]:
        if not self.results.language:
            return [Rows("", self.count, self._of_group("own") + self._of_group("other"))]
        language = facets.language_name(self.results.language, get_language())
        groups = [
            Rows(_("In %(language)s") % {"language": language}, self.results.own_count, self._of_group("own")),
            Rows(_("In other languages"), self.results.other_count, self._of_group("other")),
        ]
        return [group for group in groups if group.cards]

    def _of_group(self, group: str) -> tuple[SafeString, ...]:
        keys = [(hit.kind, hit.pk) for hit in self.results.hits if hit.group == group]
        return tuple(self._cards[key] for key in keys if key in self._cards)

    # ----- filters

    @cached_property
    def groups(self) -> list[Group]:
        groups = [self._group(name, SHOWN_VALUES) for name in self.spec.facets]
        return [group for group in groups if group.options]

    def _group(self, name: str, size: int) -> Group:
        facet, chosen = facets.FACETS[name], self.selection.filters.get(name, ())
        counts = dict(self.results.facets.get(name, ()))
        shown = list(dict.fromkeys([*chosen, *list(counts)[:size]]))
        options = self._options(facet, shown, counts)
        return Group(
            facet=facet,
            options=options,
            total=len(counts),
            is_open=facet.is_open or bool(chosen),
            all_url=self.selection.address(self.spec.values_url(name))
            if self.spec.values_url and len(counts) > len(shown)
            else "",
        )

    def _options(self, facet: facets.Facet, values: Sequence[str], counts: dict[str, int]) -> tuple[Option, ...]:
        names, chosen = (
            facets.names_of(facet.name, values, kind=self.spec.kind),
            self.selection.filters.get(facet.name, ()),
        )
        return tuple(
            Option(
                value=value,
                label=names[value],
                count=counts.get(value, 0),
                is_chosen=value in chosen,
                language=value if facet.own_words else "",
            )
            for value in values
        )

    @cached_property
    def chips(self) -> list[Link]:
        """The filters in use, each with the address without it."""
        chips = []
        for name, values in self.selection.filters.items():
            if name in facets.FACETS:
                names = facets.names_of(name, values, kind=self.spec.kind)
                chips += [
                    Link(names[value], self.selection.without(name, value).address(self.path)) for value in values
                ]
        year_from, year_to = self.selection.years
        if year_from:
            chips.append(
                Link(
                    _("From %(year)s") % {"year": year_from},
                    replace(self.selection, year_from="", page=1).address(self.path),
                )
            )
        if year_to:
            chips.append(
                Link(
                    _("To %(year)s") % {"year": year_to}, replace(self.selection, year_to="", page=1).address(self.path)
                )
            )
        return chips

    @property
    def clear_url(self) -> str:
        return self.selection.only_words().address(self.path)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search box keeps when only the words change: everything but words and page."""
        return [(key, value) for key, value in self.selection.pairs() if key not in ("q", "page")]

    @property
    def year_errors(self) -> tuple[str, ...]:
        return self.selection.years_unread

    # ----- order and pages

    @cached_property
    def sorts(self) -> list[Link]:
        names = {"best": _("Best match"), "newest": _("Newest"), "used": _("Most used")}
        offered = ("best", "newest", "used") if self.selection.text else ("newest", "used")
        default = offered[0]
        return [
            Link(
                names[name],
                replace(self.selection, sort="" if name == default else name, page=1).address(self.path),
                name == self.sort,
            )
            for name in offered
        ]

    @property
    def page_count(self) -> int:
        return max(1, min(MAX_PAGES, math.ceil(self.count / PAGE_SIZE)))

    def _page_url(self, number: int) -> str:
        return replace(self.selection, page=number).address(self.path)

    @cached_property
    def pager(self) -> Pager:
        return pager_of(self.selection.page, self.page_count, self._page_url)

    # ----- when nothing was found

    @cached_property
    def ways_on(self) -> list[Link]:
        """Other spelling, fewer filters, a broader topic: each with what it would find."""
        results, chosen = self.results, self.selection
        ways = []
        if results.suggestion:
            other = replace(chosen, text=results.suggestion, page=1)
            ways.append(
                Link(_("Search for “%(words)s” instead") % {"words": results.suggestion}, other.address(self.path))
            )
        if chosen.is_filtered and results.without_filters:
            label = ngettext(
                "Remove the filters (%(count)s result)",
                "Remove the filters (%(count)s results)",
                results.without_filters,
            )
            ways.append(Link(label % {"count": results.without_filters}, self.clear_url))
        if results.broader:
            topic = Selection(filters={"topic": (results.broader.slug,)})
            name = facets.names_of("topic", [results.broader.slug])[results.broader.slug]
            label = ngettext(
                "Browse %(topic)s (%(count)s result)", "Browse %(topic)s (%(count)s results)", results.broader.count
            )
            ways.append(Link(label % {"topic": name, "count": results.broader.count}, topic.address(self.path)))
        ways.append(Link(_("Browse the whole list"), self.path))
        return ways

    @property
    def back_url(self) -> str:
        return self.selection.address(self.path)

    # ----- for search engines and programs

    @property
    def canonical(self) -> str:
        return replace(self.selection, sort="").address(self.path)

    @property
    def is_indexable(self) -> bool:
        return self.selection.filter_count < 2 and not self.selection.text

    def feed_url(self) -> str:
        return replace(self.selection, page=1, sort="").address(f"{self.path}feed/")

    def as_data(self, base: str) -> dict[str, Any]:
        """The same list for programs; `base` is put before every address."""
        results = [registry.of(record).as_data(record, base=base) for record in self.records]
        return {
            "count": self.count,
            "page": self.selection.page,
            "pages": self.page_count,
            "results": results,
            "facets": {name: dict(counts) for name, counts in self.results.facets.items()},
        }


def _with_current_topics(chosen: Selection) -> Selection:
    """The same choice where topics were renamed or merged: an address that somebody shared keeps its list."""
    topics = chosen.filters.get("topic", ())
    if not topics or not (unknown := set(topics) - facets.vocabulary_names("topic").keys()):
        return chosen
    now = dict(Topic.objects.filter(former_slugs__slug__in=unknown).values_list("former_slugs__slug", "slug"))
    values = tuple(sorted({now.get(slug, slug) for slug in topics}))
    return replace(chosen, filters={**chosen.filters, "topic": values})


def answer(request: HttpRequest, listing: Listing, template: str, **context: object) -> HttpResponse:
    """A list as a page, or as data when the address asks for it."""
    if request.GET.get("format") == "json":
        return JsonResponse(listing.as_data(addresses.base(request)), json_dumps_params={"ensure_ascii": False})
    return render(request, template, {"listing": listing, "own_search": True, **context})


def answer_values(request: HttpRequest, spec: ListSpec, name: str, template: str) -> HttpResponse:
    """The page of all values of one facet, for lists too long to stand beside the results."""
    if name not in spec.facets:
        raise Http404("This list has no such filter.")
    listing = Listing(request, spec, counted=())
    listing.path = request.path.removesuffix(f"values/{name}/")
    counts = dict(services.facet_values(listing.query, name)[:MOST_VALUES])
    options = listing._options(facets.FACETS[name], list(counts), counts)
    wanted = " ".join(request.GET.get("find", "").split())[:80]
    if wanted:
        options = tuple(option for option in options if wanted.casefold() in option.label.casefold())
    context = {
        "listing": listing,
        "facet": facets.FACETS[name],
        "options": options[:SHOWN_AT_ONCE],
        "left_out": max(0, len(options) - SHOWN_AT_ONCE),
        "find": wanted,
        "own_search": True,
    }
    return render(request, template, context)
