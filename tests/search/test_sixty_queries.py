"""What people type in three languages, and the topic whose records they must find in all three."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.conf import settings

from publications.models import Publication
from search import consumer, reading, services, vocabulary
from search.analysis import LANGUAGES
from search.vocabulary import Vocabulary
from taxonomy.loading import load_vocabulary
from taxonomy.models import Licence, PublicationType, Topic
from tests.engines import use_engine
from tests.search.conftest import find

QUERIES = yaml.safe_load((Path(settings.BASE_DIR) / "taxonomy/vocabulary/queries.yaml").read_text())


def left_over(text: str, terms: Vocabulary) -> str:
    """The words of a query that belong to no term: nothing can translate them, so records must hold them."""
    read = reading.read(text, terms)
    known = " ".join(expansion.phrase for expansion in read.expansions)
    return " ".join(word for word in read.words if word not in reading.read(known, Vocabulary([])).words)


def plant(queries: list[dict], terms: Vocabulary) -> None:
    """For each query and language one record that names every recognised term in that language, and no other."""
    kind, licence = PublicationType.objects.first(), Licence.objects.first()
    for number, query in enumerate(queries):
        expansions = reading.read(query["q"], terms).expansions
        for language in LANGUAGES:
            names = [expansion.names[language][0] for expansion in expansions if expansion.names.get(language)]
            Publication.objects.create(
                **{f"title_{language}": f"Planted {number} {language}", "slug": f"planted-{number}-{language}"},
                **{f"abstract_{language}": ". ".join([*names, left_over(query["q"], terms)])},
                original_language=language, languages=[language], type=kind, licence=licence,
                status="published", published_at="2024-01-01T00:00Z",
            )  # fmt: skip


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory):
    """One library for all sixty: loading the vocabulary sixty times would take a minute."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        use_engine("tantivy", tmp_path_factory.mktemp("sixty"), settings, patch)
        load_vocabulary()
        terms = vocabulary.from_database()
        plant(QUERIES, terms)
        consumer.rebuild()
        yield terms
        transaction.set_rollback(True)


def test_there_are_sixty(planted):
    assert len(QUERIES) == 60
    assert {query["topic"] for query in QUERIES} <= set(Topic.objects.values_list("slug", flat=True))


@pytest.mark.parametrize(("number", "query"), list(enumerate(QUERIES)), ids=[query["q"] for query in QUERIES])
def test_a_query_finds_its_topic_in_every_language(planted, number, query):
    results = find(query["q"], size=200)
    assert query["topic"] in {expansion.slug for expansion in results.expansions}
    assert query["language"] in results.languages
    found = {hit.pk: hit for hit in results.hits}
    for language in (query["language"], *query["finds_languages"]):
        hit = found.get(Publication.objects.get(slug=f"planted-{number}-{language}").pk)
        assert hit is not None, f"the record in {language}"
        assert hit.group == ("own" if language in results.languages else "other")
        assert hit.group == "own" or hit.matched.language == language


def test_counting_agrees_with_listing(planted):
    for query in QUERIES[::7]:
        assert services.count(services.Query(text=query["q"])) == len(find(query["q"], size=200).hits)
