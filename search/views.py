"""Search over everything; pages of the vocabulary's terms."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from content import registry
from content.caching import EVERY_TYPE, public_page
from search import term_pages
from search.listing import Link, Listing, ListSpec, answer
from taxonomy.models import Country, Goal, Region, Topic

KINDS = (EVERY_TYPE, "community_life")  # on every page here


def _count(number: int) -> str:
    return ngettext("%(count)s result", "%(count)s results", number) % {
        "count": number_format(number, force_grouping=True)
    }


EVERYTHING = ListSpec(
    kind="",
    heading=_("Search"),
    search_label=_("Search the portal"),
    facets=("topic", "country", "lang", "region", "type"),
    count_label=_count,
)


def _tabs(listing: Listing) -> list[Link]:
    """All, and each type, with its number: what the tab itself will show."""
    numbers, chosen = dict(listing.results.facets["kind"]), listing.selection.filters.get("kind", ())
    tabs = [("", _("Everything"), sum(numbers.values()))]
    tabs += [(kind.key, kind.label_plural, numbers.get(kind.key, 0)) for kind in registry.all_types()]
    base = listing.selection
    for kind in chosen:
        base = base.without("kind", kind)
    return [
        Link(
            f"{label} ({number_format(number, force_grouping=True)})",
            (base.adding("kind", key) if key else base).address(listing.path),
            chosen == ((key,) if key else ()),
        )
        for key, label, number in tabs
    ]


@public_page(*KINDS)
def everything(request: HttpRequest) -> HttpResponse:
    listing = Listing(request, EVERYTHING)
    return answer(request, listing, "search/everything.html", tabs=_tabs(listing))


@public_page(*KINDS)
def topics(request: HttpRequest) -> HttpResponse:
    branches = term_pages.branches(Topic.objects.all(), term_pages.counts("topic"))
    return render(request, "search/topics.html", {"branches": branches})


@public_page(*KINDS)
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A former slug, of a renamed or merged topic, answers 301."""
    try:
        found = Topic.objects.by_slug(slug)
    except Topic.DoesNotExist as error:
        raise Http404 from error
    if found.slug != slug:
        return redirect(found, permanent=True)
    numbers = term_pages.counts("topic")
    narrower = [(below, numbers.get(below.slug, 0)) for below in Topic.objects.get_children(found)]
    context = {
        "topic": found,
        "broader": Topic.objects.get_ancestors(found),
        "narrower": narrower,
        "related": found.related.all(),
        "others": [(code, label) for code, label in _labels(found) if code != get_language()],
        "names": [name.text for name in found.names.filter(language=get_language())],
        "shelves": term_pages.shelves("topic", found.slug),
    }
    return render(request, "search/topic.html", context)


def _labels(topic: Topic) -> list[tuple[str, str]]:
    return [(code, getattr(topic, f"label_{code}")) for code in settings.MODELTRANSLATION_LANGUAGES]


@public_page(*KINDS)
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term with its definition, in the alphabet of the reader's language."""

    def plain(text: str) -> str:
        return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()

    ordered = sorted(Topic.objects.prefetch_related("names"), key=lambda topic: plain(topic.label))
    letters = [
        (letter.upper(), list(terms)) for letter, terms in groupby(ordered, key=lambda topic: plain(topic.label)[:1])
    ]
    return render(request, "search/glossary.html", {"letters": letters})


@public_page(*KINDS)
def countries(request: HttpRequest) -> HttpResponse:
    numbers = term_pages.counts("country")
    regions = Region.objects.filter(kind=Region.Kind.REGION).prefetch_related("countries")
    rows = [
        (region, sorted(((country, numbers.get(country.iso2, 0)) for country in region.countries.all()), key=_by_name))
        for region in sorted(regions, key=lambda region: region.name)
    ]
    groups = sorted(Region.objects.filter(kind=Region.Kind.GROUP), key=lambda region: region.name)
    region_numbers = term_pages.counts("region")
    context = {"regions": rows, "groups": [(group, region_numbers.get(group.slug, 0)) for group in groups]}
    return render(request, "search/countries.html", context)


def _by_name(pair: tuple[Country, int]) -> str:
    return unicodedata.normalize("NFKD", pair[0].name)


@public_page(*KINDS)
def country(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Country.objects.prefetch_related("regions", "names"), slug=slug)
    context = {"country": found, "shelves": term_pages.shelves("country", found.iso2)}
    return render(request, "search/country.html", context)


@public_page(*KINDS)
def region(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Region, slug=slug)
    numbers = term_pages.counts("country")
    members = sorted(((country, numbers.get(country.iso2, 0)) for country in found.countries.all()), key=_by_name)
    context = {"region": found, "members": members, "shelves": term_pages.shelves("region", slug)}
    return render(request, "search/region.html", context)


@public_page(*KINDS)
def goal(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Goal.objects.select_related("goal").prefetch_related("targets"), code=code)
    numbers = term_pages.counts("goal")
    targets = [(target, numbers.get(target.code, 0)) for target in found.targets.all()]
    context = {"goal": found, "targets": targets, "shelves": term_pages.shelves("goal", code)}
    return render(request, "search/goal.html", context)
