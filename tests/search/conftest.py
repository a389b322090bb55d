"""Both engines on an index of their own, and rows to put into it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils.text import slugify

from publications.models import Publication
from search import services
from search.query import Query, Results
from taxonomy.models import Country, Licence, PublicationType, Region, Topic, TopicName
from tests.engines import ENGINES, use_engine


@pytest.fixture(params=ENGINES)
def engine(request, settings, tmp_path, monkeypatch, db) -> str:
    use_engine(request.param, tmp_path / "index", settings, monkeypatch)
    return request.param


class Library:
    """Makes publications with as little as a test needs to say."""

    def __init__(self) -> None:
        self.type = PublicationType.objects.create(slug="report", label_en="Report")
        self.licence = Licence.objects.create(slug="cc-by", label_en="CC BY")

    def add(self, title: str = "", *, language: str = "en", abstract: str = "", status: str = "published", **more):
        number = Publication.objects.count() + 1
        topics, countries, tags = more.pop("topics", ()), more.pop("countries", ()), more.pop("tags", ())
        kind = more.pop("type", self.type)
        publication = Publication.objects.create(
            **{f"title_{language}": title or f"Title {number}", f"abstract_{language}": abstract},
            **{"type": kind, "licence": self.licence, "slug": f"p{number}", "languages": [language], **more},
            original_language=language,
            status=status,
            published_at=datetime(2024, 1, 1, tzinfo=UTC) if status == "published" else None,
            withdrawn_at=datetime(2024, 2, 1, tzinfo=UTC) if status == "withdrawn" else None,
            withdrawal_reason="Wrong" if status == "withdrawn" else "",
        )
        publication.topics.set(topics)
        publication.countries.set(countries)
        publication.tags.set(tags)
        return publication

    def type_called(self, slug: str) -> PublicationType:
        return PublicationType.objects.get_or_create(slug=slug, defaults={"label_en": slug})[0]

    def topic(self, en: str, fr: str = "", es: str = "", /, *, under: Topic | None = None, **names) -> Topic:
        values = {"slug": slugify(en), "label_en": en, "label_fr": fr or None, "label_es": es or None}
        topic = Topic.objects.add_child(under, values) if under else Topic.objects.add_root(values)
        for language, texts in names.items():
            for text in texts:
                kind = "acronym" if text.isupper() else "synonym"
                TopicName.objects.create(topic=topic, language=language, text=text, kind=kind)
        return topic

    def country(self, iso2: str, name: str, *regions: Region, **translated: str) -> Country:
        country = Country.objects.create(
            iso2=iso2, iso3=iso2 + "X", m49=str(100 + Country.objects.count()), slug=slugify(name), name_en=name,
            **{f"name_{code}": text for code, text in translated.items()},
        )  # fmt: skip
        country.regions.set(regions)
        return country


@pytest.fixture
def library(db) -> Library:
    return Library()


def find(text: str = "", **more) -> Results:
    return services.search(Query(text=text, **more))


def pks(results: Results) -> list[int]:
    return [hit.pk for hit in results.hits]
