"""What search knows of a webinar that everybody may know of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db.models import QuerySet
from haystack import indexes

from communities.models import Community
from search.indexes import Document, RecordIndex, pairs
from search.terms import Terms
from stakeholders.models import Organisation
from taxonomy.models import Country, Region, Topic
from webinars.lists import AHEAD, OVER
from webinars.models import Material, Minute, Panellist, Series, Webinar


class WebinarIndex(RecordIndex, indexes.Indexable):
    kind = "webinar"
    related = {
        Organisation: lambda pks: Webinar.objects.filter(organisations__in=pks),
        Topic: lambda pks: Webinar.objects.filter(topics__in=pks),
        Country: lambda pks: Webinar.objects.filter(countries__in=pks),
        Region: lambda pks: Webinar.objects.filter(regions__in=pks),
        Series: lambda pks: Webinar.objects.filter(series__in=pks),
        Panellist: lambda pks: Webinar.objects.filter(panellists__in=pks),
        Material: lambda pks: Webinar.objects.filter(materials__in=pks),
        Community: lambda pks: Webinar.objects.filter(community__in=pks),  # private ones hide theirs
    }

    def index_queryset(self, using: str | None = None) -> QuerySet[Webinar]:
        return Webinar.objects.published().select_related("series")

    def documents(self, webinars: Sequence[Webinar]) -> Iterator[Document]:
        terms = Terms()
        topics = pairs(Webinar.topics.through.objects, "webinar_id", "topic_id", of=webinars)
        countries = pairs(Webinar.countries.through.objects, "webinar_id", "country_id", of=webinars)
        regions = pairs(Webinar.regions.through.objects, "webinar_id", "region__slug", of=webinars)
        public = Webinar.organisations.through.objects.filter(organisation__status="published")
        spelt = [f"organisation__{name}_{code}" for name in ("name", "acronym") for code in _codes()]
        organisers = pairs(public, "webinar_id", "organisation__slug", *spelt, of=webinars)
        panel = pairs(Panellist.objects, "webinar_id", "name", "user__display_name", "affiliation", of=webinars)
        spoken = _spoken(webinars)
        for webinar in webinars:
            pk = webinar.pk
            yield Document(
                record=webinar,
                titles=self.translated(webinar, "title"),
                texts=self._texts(webinar),
                pages=spoken[pk],
                names=self._names(organisers[pk], panel[pk], webinar.series),
                facets={
                    "when": [OVER if webinar.is_over or webinar.cancelled_at else AHEAD],
                    "topic": terms.topics(topics[pk]),
                    "country": terms.countries(countries[pk]),
                    "region": terms.regions(countries[pk], regions[pk]),
                    "lang": webinar.languages,
                    "org": [slug for slug, *_names in organisers[pk]],
                    "series": [webinar.series.slug] if webinar.series else [],
                },
                year=webinar.starts_at.year,
                used=webinar.view_count,
                published=webinar.starts_at,  # "newest" of webinars is the one that is furthest ahead
            )

    def _names(self, organisers: list[tuple], panel: list[tuple], series: Series | None) -> list[str]:
        found = {name for _slug, *names in organisers for name in names if name}
        found |= {name for names in panel for name in names if name}
        found |= {title for code in _codes() if (title := getattr(series, f"title_{code}", None))}
        return sorted(found)

    def _texts(self, webinar: Webinar) -> dict[str, str]:
        found: dict[str, str] = {}
        for field in ("summary", "about"):
            for code, text in self.translated(webinar, field).items():
                found[code] = f"{found[code]}\n\n{text}" if code in found else text
        return found


def _spoken(webinars: Sequence[Webinar]) -> dict[int, dict[str, list[str]]]:
    """The transcripts of each, by language, a minute a page: what is found in the thirteenth was said after twelve."""
    found: dict[int, dict[str, list[str]]] = defaultdict(dict)
    rows = Minute.objects.filter(material__webinar__in=[webinar.pk for webinar in webinars])
    for pk, language, number, text in rows.order_by("material", "number").values_list(
        "material__webinar", "material__language", "number", "text"
    ):
        minutes = found[pk].setdefault(language, [])
        minutes += [""] * (number - len(minutes))
        minutes.append(text)
    return found


def _codes() -> Sequence[str]:
    return settings.MODELTRANSLATION_LANGUAGES
