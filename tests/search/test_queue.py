"""From a change of a record to the index: nothing lost, nothing blank. On both engines where an engine is touched."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from publications.models import Author, Publication
from search import changes, checking, consumer, engines, health, services, store
from search.indexes import all_indexes
from search.models import Change
from stakeholders.models import Organisation, OrganisationName
from tests.search.conftest import find, pks


def queued() -> list[tuple[str, int]]:
    return list(Change.objects.order_by("pk").values_list("kind", "object_id"))


def organisation(name: str) -> Organisation:
    return Organisation.objects.create(
        name_en=name, slug=name.lower(), type="ngo", status="published", published_at="2024-01-01T00:00Z"
    )


def test_a_save_costs_one_insert(tantivy, library, django_assert_num_queries):
    publication = library.add("A record")
    Change.objects.all().delete()
    with django_assert_num_queries(3) as queries:  # as it was, for the trail; the record; its row in the queue
        publication.save()
    assert [query["sql"].split('"')[0].split(" (")[0] for query in queries][1:] == [
        "UPDATE ",
        "INSERT INTO search_change",
    ]
    assert queued() == [("publication", publication.pk)]


def test_a_rolled_back_change_leaves_no_row(tantivy, library):
    publication = library.add("A record")
    Change.objects.all().delete()

    def save_and_fail():
        with transaction.atomic():
            publication.save()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        save_and_fail()
    assert queued() == []


def test_terms_given_from_either_side_are_noticed(tantivy, library):
    publication, topic = library.add("A record"), library.topic("Gender")
    Change.objects.all().delete()
    publication.topics.add(topic)
    topic.publications.remove(publication)
    topic.publications.add(publication)
    topic.publications.clear()
    assert set(queued()) == {("publication", publication.pk)}
    assert len(queued()) == 4


def test_a_row_that_shows_in_other_records_is_one_row_in_the_queue(tantivy, library):
    office = organisation("Office")
    for number in range(3):
        library.add(f"Record {number}").publishers.create(organisation=office)
    services.rebuild_index()
    Change.objects.all().delete()
    office.acronym_en = "OKAPI"
    office.save()
    assert queued() == [("organisation", office.pk), ("stakeholders.organisation", office.pk)]
    services.follow_changes()
    assert find("okapi").count == 4


@pytest.mark.parametrize("model", [OrganisationName, Author])
def test_a_deleted_row_leaves_the_records_it_showed_in(tantivy, library, model):
    publication, office = library.add("A record"), organisation("Office")
    publication.publishers.create(organisation=office)
    if model is OrganisationName:
        row = OrganisationName.objects.create(organisation=office, text="Okapi")
    else:
        row = Author.objects.create(publication=publication, family="Okapi")
    services.rebuild_index()
    assert publication.pk in pks(find("okapi", kind="publication"))
    row.delete()
    services.follow_changes()
    assert find("okapi").count == 0


def test_bulk_writes_say_so_themselves(tantivy, library):
    publications = [library.add(f"Record {number}") for number in range(3)]
    services.rebuild_index()
    Publication.objects.update(title_en="Okapi")
    services.follow_changes()
    assert find("okapi").count == 0
    services.note_changes("publication", [publication.pk for publication in publications])
    services.follow_changes()
    assert find("okapi").count == 3


def test_a_crash_after_the_engines_commit_loses_nothing(engine, library, monkeypatch):
    services.rebuild_index()
    publication = library.add("Okapi")

    def crash(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(consumer, "write_json", crash)
        with pytest.raises(KeyboardInterrupt):
            services.follow_changes()
    assert services.follow_changes() > 0
    assert pks(find("okapi")) == [publication.pk]
    assert services.follow_changes() == 0


def test_a_crash_before_the_engines_commit_loses_nothing(engine, library, monkeypatch):
    services.rebuild_index()
    publication = library.add("Okapi")

    def crash(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(consumer, "_replace", crash)
        with pytest.raises(KeyboardInterrupt):
            services.follow_changes()
    assert find("okapi").count == 0
    services.follow_changes()
    assert pks(find("okapi")) == [publication.pk]


def test_one_process_writes_at_a_time(tantivy, library):
    services.rebuild_index()
    library.add("Okapi")
    with engines.store().writing():
        assert services.follow_changes() == 0
    assert services.follow_changes() > 0


def test_batches_are_followed_to_the_end(tantivy, library, monkeypatch):
    monkeypatch.setattr(consumer, "BATCH", 2)
    services.rebuild_index()
    for number in range(5):
        library.add(f"Okapi {number}")
    services.follow_changes()
    assert find("okapi").count == 5


def test_a_rebuild_never_blanks_search(engine, library):
    publication = library.add("Okapi")
    services.rebuild_index()
    seen, late = [], []

    def look(_count):
        seen.append(pks(find("okapi")))
        if not late:
            late.append(library.add("Newcomer"))
            publication.title_en = "Zebra"
            publication.save()

    consumer.rebuild(each=look)
    assert {tuple(found) for found in seen} == {(publication.pk,)}, "the old index answers while the new one is built"
    assert pks(find("newcomer")) == [late[0].pk], "what changed meanwhile is in the new one"
    assert [find("okapi").count, find("zebra").count] == [0, 1]


def test_a_rebuild_that_fails_changes_nothing(engine, library):
    publication = library.add("Okapi")
    services.rebuild_index()

    def crash(_count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        consumer.rebuild(each=crash)
    assert pks(find("okapi")) == [publication.pk]
    consumer.rebuild()
    assert pks(find("okapi")) == [publication.pk]
    assert len(engines.store().versions()) == 2, "the half-built one is gone, the former is kept for its readers"


def test_old_rows_are_swept_but_one(tantivy, library):
    services.rebuild_index()
    for number in range(3):
        library.add(f"Record {number}")
    Change.objects.update(at=timezone.now() - changes.KEPT - timedelta(hours=1))
    library.add("Late")
    services.follow_changes()
    old = Change.objects.filter(at__lt=timezone.now() - changes.KEPT)
    assert old.count() == 1
    assert not consumer.is_lost()


def test_an_index_away_for_too_long_says_so_and_is_built_anew(tantivy, library):
    services.rebuild_index()
    version = engines.store().version()
    store.write_json(version / "position.json", (0, 0))
    for number in range(3):
        library.add(f"Record {number}")
    Change.objects.update(at=timezone.now() - changes.KEPT - timedelta(hours=1))
    changes.sweep()
    assert consumer.is_lost()
    assert services.follow_changes() == 0
    call_command("follow_changes", "--once", verbosity=0)
    assert not consumer.is_lost()
    assert find().count == 3


def test_an_index_of_another_release_is_not_misread(tantivy, library):
    library.add("Okapi")
    services.rebuild_index()
    store.write_json(engines.store().version() / "format.json", store.FORMAT + 1)
    services.note_changes("publication", [1])
    assert services.follow_changes() == 0
    assert "of this release" in health.check()
    call_command("follow_changes", "--once", verbosity=0)
    assert health.check() is None
    assert find("okapi").count == 1


def test_health(tantivy, library):
    assert "rebuild_search" in health.check()
    services.rebuild_index()
    assert health.check() is None
    library.add("Record")
    assert health.check() is None
    Change.objects.update(at=timezone.now() - timedelta(minutes=5))
    assert "behind" in health.check()
    services.follow_changes()
    assert health.check() is None
    (engines.store().path / "current").write_text("gone")
    assert health.check()


def check_search(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("search_check", *arguments, stdout=out, stderr=out)
    except SystemExit as stopped:
        return stopped.code, out.getvalue()
    return 0, out.getvalue()


def test_search_check_says_what_differs_and_mends_it(engine, library):
    assert check_search()[0] == 1, "no index"
    kept, changed, gone = library.add("Kept"), library.add("Changed"), library.add("Gone")
    services.rebuild_index()
    assert check_search() == (0, "".join(f"{kind}: the same\n" for kind in all_indexes()))
    Publication.objects.filter(pk=kept.pk).update(view_count=7)
    Publication.objects.filter(pk=changed.pk).update(title_en="Other")
    Publication.objects.filter(pk=gone.pk).update(status="draft")
    new = library.add("New")
    differences = {difference.kind: difference for difference in checking.differences()}
    found = differences["publication"]
    assert (found.missing, found.extra, found.changed) == ({new.pk}, {gone.pk}, {changed.pk})
    code, said = check_search()
    assert code == 1
    assert f"1 missing ({new.pk}); 1 extra ({gone.pk}); 1 changed ({changed.pk})" in said
    assert check_search("--fix")[0] == 0
    assert check_search()[0] == 0
    assert find("other").count == 1


def test_rebuild_search_command(tantivy, library):
    library.add("Okapi")
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert out.getvalue().startswith("1 records indexed")
    assert find("okapi").count == 1


def test_an_index_that_is_there_is_not_built_again_where_only_a_missing_one_is_asked_for(tantivy, library):
    call_command("rebuild_search", if_missing=True, verbosity=0)
    version = engines.store().version()
    call_command("rebuild_search", if_missing=True, verbosity=0)
    assert engines.store().version() == version
