"""What members choose from, in their language: topics by branch, countries by region, languages, time zones."""

from __future__ import annotations

import functools
from collections import defaultdict
from zoneinfo import available_timezones

from babel.dates import get_timezone_location
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from content import wording
from people.directory import name_key
from taxonomy.models import Country, Region, Topic

Choices = list[tuple[str, str]]
Groups = list[tuple[str, Choices]]

OFTEN = ("en", "fr", "es", "pt", "ar")
_OTHERS = """
af ak am ay az bg bm bn bs ca cs da de ee el fa ff fi fil gn gu ha he hi hr ht hu hy id ig it ja ka kk km kn ko ky
lg ln lo mg mk ml mn mr ms my nd ne nl no ny om pa pl ps qu rn ro ru rw sd si sk sl sn so sq sr ss st sv sw ta te tg
th ti tk tn tr ts uk ur uz ve vi wo xh yo zh zu
"""
LANGUAGES = (*OFTEN, *_OTHERS.split())


def topics() -> Groups:
    """Each branch of the tree with all below it, the branch itself first."""
    groups: Groups = []
    for topic in Topic.objects.all():
        if topic.depth == 1:
            groups.append((topic.label, []))
        groups[-1][1].append((topic.slug, topic.label))
    return groups


def countries() -> Choices:
    return sorted(Country.objects.values_list("iso2", "name"), key=_by_label)


def countries_by_region() -> Groups:
    """By the five regions of M49. A country is in one of them."""
    found: dict[str, Choices] = defaultdict(list)
    rows = Region.countries.through.objects.filter(region__kind=Region.Kind.REGION)
    regions = dict(Region.objects.filter(kind=Region.Kind.REGION).values_list("pk", "name"))
    names = {pk: (iso2, name) for pk, iso2, name in Country.objects.values_list("pk", "iso2", "name")}
    for region, country in rows.values_list("region_id", "country_id"):
        found[regions[region]].append(names[country])
    return [
        (region, sorted(choices, key=_by_label))
        for region, choices in sorted(found.items(), key=lambda one: name_key(one[0]))
    ]


def languages() -> Groups:
    return _languages(get_language())


@functools.cache
def _languages(_reader: str | None) -> Groups:
    names = {code: capfirst(wording.language_name(code)) for code in LANGUAGES}
    others = [(code, names[code]) for code in LANGUAGES if code not in OFTEN]
    often = [(code, names[code]) for code in OFTEN]
    return [(gettext("Spoken most here"), often), (gettext("More languages"), sorted(others, key=_by_label))]


def time_zones() -> Groups:
    return _time_zones(get_language())


@functools.cache
def _time_zones(_reader: str | None) -> Groups:
    """UTC first, then cities by continent, named as CLDR names them in the reader's language."""
    areas = {
        "Africa": gettext("Africa"),
        "America": gettext("Americas"),
        "Antarctica": gettext("Antarctica"),
        "Asia": gettext("Asia"),
        "Atlantic": gettext("Atlantic Ocean"),
        "Australia": gettext("Australia"),
        "Europe": gettext("Europe"),
        "Indian": gettext("Indian Ocean"),
        "Pacific": gettext("Pacific Ocean"),
    }
    found: dict[str, Choices] = {label: [] for label in areas.values()}
    for zone in available_timezones():
        area, _, city = zone.partition("/")
        if area in areas and city:
            found[areas[area]].append((zone, _city(zone)))
    groups = [(label, sorted(choices, key=_by_label)) for label, choices in found.items()]
    return [(gettext("The same everywhere"), [("UTC", "UTC")]), *groups]


def _city(zone: str) -> str:
    """“Nairobi”, « Le Caire »."""
    try:
        named = get_timezone_location(zone, locale=wording.locale(), return_city=True)
    except LookupError:
        named = ""
    return named or zone.rpartition("/")[2].replace("_", " ")


def _by_label(choice: tuple[str, str]) -> str:
    return name_key(choice[1])
