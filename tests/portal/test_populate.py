"""Volume for measuring: the report's figures, the same every time, and nothing left when it is cleared."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from agenda.models import Event
from blog.models import BlogPost
from communities.models import Community, Membership
from discussions.models import Post, Thread
from files.models import PageText, StoredFile
from moderation.models import Standing
from portal.populate import clearing, communities, members, organisations, posts, publications, webinars
from portal.populate.chance import is_one_of, shares
from publications.models import Author, Publication
from stakeholders.models import Organisation
from taxonomy import loading
from taxonomy.models import Licence
from tests import factories
from tests.factories import community, organisation, publication
from tests.publications.keys import not_found_by_all_titles
from webinars.models import Registration, Series, Webinar

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def vocabulary(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load_vocabulary()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def populate(vocabulary, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def make(orgs: int = 30, pubs: int = 60, seed: int = 1) -> None:
        list(organisations.make(organisations.missing(orgs), seed))
        list(publications.make(*publications.missing(pubs), seed))

    return make


def test_shares_are_whole_and_add_up_to_the_report():
    assert shares(1167, organisations.SHARES) == {
        "government": 502, "research": 268, "ngo": 163, "international": 117, "other": 117,
    }  # fmt: skip


@pytest.mark.parametrize(("chosen", "total"), [(1493, 3929), (0, 5), (5, 5), (1, 7)])
def test_a_share_spread_over_places_is_exact(chosen, total):
    assert sum(is_one_of(place, chosen, total) for place in range(total)) == chosen


def test_scale_one_is_the_report(populate):
    call_command("populate", verbosity=0)
    assert Publication.objects.published().count() == 3929
    assert Publication.objects.filter(provenance="member").count() == 1493  # 38 per cent
    kinds = Counter(Organisation.objects.published().values_list("type", flat=True))
    assert kinds == {"government": 502, "research": 268, "ngo": 163, "international": 117, "other": 117}


def test_the_same_seed_makes_the_same_records(populate):
    def said() -> list:
        fields = ("slug", "title_en", "title_fr", "title_es", "abstract_en", "year", "doi", "view_count", "provenance")
        return list(Publication.objects.order_by("source_record").values_list(*fields))

    populate()
    first = said()
    clearing.clear(lambda _count: None)
    populate()
    assert said() == first
    clearing.clear(lambda _count: None)
    populate(seed=2)
    assert said() != first


def test_its_records_are_found_by_all_their_titles(populate):
    populate()
    assert Publication.objects.exclude(title_en=None).exclude(title_fr=None).exists()
    assert not_found_by_all_titles() == []


def test_running_again_tops_up_as_if_it_had_not_stopped(populate):
    populate(pubs=20)
    populate(pubs=60)
    populate(pubs=60)
    assert Publication.objects.count() == 60
    assert Publication.objects.filter(provenance="member").count() == 23
    assert Organisation.objects.count() == 30


def test_what_is_there_counts_and_stays_when_the_rest_is_cleared(populate):
    kept = publication("Ours", organisations=[organisation("Ours too")])
    populate()
    assert Publication.objects.count() == 60
    call_command("populate", "--clear", verbosity=0)
    assert Publication.objects.get() == kept
    assert Organisation.objects.get().name_en == "Ours too"
    assert not any(model.objects.exists() for model in (StoredFile, PageText, Author))


def test_organisations_that_others_name_are_not_cleared(populate):
    populate(pubs=0)
    needed = Organisation.objects.first()
    publication("Ours", organisations=[needed])
    clearing.clear(lambda _count: None)
    assert Organisation.objects.get() == needed


def test_it_has_depth_in_every_language_and_facet(populate):
    populate(orgs=60, pubs=300)
    rows = Publication.objects.all()
    for language in ("en", "fr", "es"):
        assert rows.filter(original_language=language).exclude(**{f"title_{language}": None}).count() > 10
    for name in ("topics", "countries", "regions", "goals", "authors", "organisations", "documents"):
        assert rows.filter(**{f"{name}__isnull": False}).distinct().count() > 20
    assert rows.values("type").distinct().count() > 8
    assert rows.values("year").distinct().count() > 8


@pytest.fixture
def inhabited(populate, monkeypatch):
    """Members, and communities with what they wrote."""
    monkeypatch.setattr(communities, "LONG", 45)
    populate()
    list(members.make(60, 1))

    def make(count: int = 42) -> None:
        list(communities.make(communities.missing(count), 1))
        communities.make_long(1)

    make()
    return make


def test_communities_are_as_many_and_as_active_as_the_report_says(inhabited):
    assert Community.objects.filter(status="published").count() == 42
    assert Community.objects.active().count() == 14
    assert set(Community.objects.values_list("access", flat=True)) == {"open", "request", "private"}
    assert not Community.objects.without_admin().exists()
    inhabited()
    assert Community.objects.count() == 42
    assert Thread.objects.filter(last_number=45).count() == 1
    inhabited(50)
    assert Community.objects.count() == 50
    assert 900 < Post.objects.count() < 2000


def test_threads_know_their_posts_as_if_each_had_been_written(inhabited):
    assert Post.objects.filter(reply_to__isnull=False).count() > 20
    assert not Post.objects.filter(reply_to__reply_to__isnull=False).exists()
    for thread in Thread.objects.prefetch_related("posts", "readings", "record"):
        posts = sorted(thread.posts.all(), key=lambda post: post.number)
        assert [post.number for post in posts] == list(range(1, thread.last_number + 1))
        assert (thread.shown_number, thread.reply_count) == (len(posts), len(posts) - 1)
        assert (thread.last_at, thread.last_by_id) == (posts[-1].created_at, posts[-1].author_id)
        assert thread.record.published_at <= posts[0].created_at <= thread.last_at <= thread.record.last_activity_at
        read = {reading.user_id: reading.read_to for reading in thread.readings.all()}
        assert read == {post.author_id: post.number for post in posts}
    written = Counter(Post.objects.values_list("author", flat=True))
    assert dict(Standing.objects.values_list("user", "accepted")) == written


def test_only_members_write_in_a_community(inhabited):
    inside = set(Membership.objects.current().values_list("community", "user"))
    assert set(Post.objects.values_list("thread__object_id", "author")) <= inside


def test_communities_are_cleared_with_all_that_was_written(inhabited):
    kept = community("Ours")
    call_command("populate", "--clear", verbosity=0)
    assert Community.objects.get() == kept
    assert not any(model.objects.exists() for model in (Thread, Post, Membership))


@pytest.fixture
def met(populate, monkeypatch):
    """Webinars, posts and events."""
    monkeypatch.setattr(webinars, "LONG", 30)
    monkeypatch.setattr(webinars, "CROWD", 25)
    populate(pubs=0)

    def make(count: int = 77) -> None:
        list(webinars.make(webinars.missing(count), 1))
        webinars.make_long(1)
        for model in (BlogPost, Event):
            list(posts.make(model, posts.missing(model, 40), 1))

    make()
    return make


def test_webinars_are_as_many_as_the_report_says_beside_the_long_series(met):
    met()
    assert Webinar.objects.exclude(series__slug=webinars.LONG_SERIES).exclude(slug=webinars.FULL).count() == 77
    assert Series.objects.exclude(slug=webinars.LONG_SERIES).count() == 16
    assert Webinar.objects.filter(series__slug=webinars.LONG_SERIES).count() == 30
    assert Registration.objects.filter(webinar__slug=webinars.FULL).count() == 25
    assert {one.state for one in Webinar.objects.all()} >= {Webinar.State.UPCOMING, Webinar.State.COMPLETE}
    assert BlogPost.objects.count() == Event.objects.count() == 40
    assert Event.objects.filter(kind="call", starts_at=None).exists()


def test_webinars_posts_and_events_are_cleared_and_nothing_else(met):
    kept = factories.webinar("Ours")
    call_command("populate", "--clear", verbosity=0)
    assert Webinar.objects.get() == kept
    assert not any(model.objects.exists() for model in (BlogPost, Event, Registration))
    assert not Series.objects.filter(slug__startswith="populate-").exists()


def test_without_a_vocabulary_it_says_what_to_do():
    Licence.objects.all().delete()
    with pytest.raises(CommandError, match="load_vocabulary"):
        call_command("populate")
