"""Where communities are found, and where private ones are not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities import places, services
from communities.models import Community
from content import addresses
from content.models import OldAddress, Visit
from notifications import following
from notifications.models import Announcement, Follow, Notice
from search import services as search
from search.query import Query
from taxonomy.models import Country
from tests import factories
from tests.communities.conftest import path

LIST = "/en/connect/communities/"
READER = {"headers": {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0"}}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tantivy")]


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    """What a service does, as if the transaction were over."""

    def does(service, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return service(*args, **kwargs)

    return does


def long_ago() -> dict:
    return {"last_activity_at": timezone.now() - timedelta(days=100)}


@pytest.fixture
def three(make):
    """Open, by request and private, each with a word of its own."""
    kenya = Country.objects.create(iso2="KE", iso3="KEN", m49="404", slug="kenya", name_en="Kenya")
    made = {}
    for access in ("open", "request", "private"):
        made[access] = make(access, name=f"Cash {access}word", purpose_en=f"About {access}purpose.", languages=["en"])
        made[access].countries.add(kenya)
    search.rebuild_index()
    return made


def test_the_list_shows_who_may_join_state_and_numbers(client, three, boss):
    factories.thread(three["open"])
    page = client.get(LIST).content.decode()
    assert "2 communities" in page
    for part in ("openword", "requestword", "1 member", "1 discussion", "Active", "By request"):
        assert part in page
    assert "privateword" not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?access=open", 1),
        ("?activity=active", 2),
        ("?activity=archived", 0),
        ("?lang=en&country=KE", 2),
        ("?q=openword", 1),
    ],
)
def test_the_list_is_narrowed(query, count, client, three):
    assert client.get(f"{LIST}{query}&format=json").json()["count"] == count


def test_a_row_as_data(client, three):
    row = client.get(f"{LIST}?access=open&format=json").json()["results"][0]
    assert (row["title"], row["access"], row["activity"], row["languages"]) == (
        "Cash openword",
        "open",
        "active",
        ["en"],
    )
    assert row["permanent_url"].endswith(addresses.permanent(three["open"]))


def test_a_private_one_is_nowhere_for_a_stranger(client, three, member):
    private = three["private"]
    sitemap = f"/sitemap-community-{private.pk // 2000}.xml"
    places_to_look = [
        *("/en/", LIST, f"{LIST}feed/", f"{LIST}values/country/", f"{LIST}?format=json", "/sitemap.xml", sitemap),
        *("/en/search/?q=privateword", f"{LIST}?q=privateword", "/en/search/?q=privatewerd", "/en/search/?format=json"),
        *("/en/discover/countries/kenya/", "/en/no/privateword/"),
    ]
    for who in (None, member):
        if who:
            client.force_login(who)
        for address in places_to_look:
            shown = client.get(address).content.decode().replace("q=privateword", "")
            assert "Cash privateword" not in shown, (address, who)
            assert private.slug not in shown, (address, who)
        assert client.get("/en/search/?format=json").json()["facets"]["kind"]["community"] == 2
        assert client.get(private.get_absolute_url()).status_code == 404
        assert client.get(addresses.permanent(private)).status_code == 404


def test_an_organiser_that_is_not_public_leads_nobody_to_it(client, three):
    three["open"].organisations.add(factories.organisation("Hiddenword", status="draft", published_at=None))
    search.rebuild_index()
    assert client.get(f"{LIST}?q=openword&format=json").json()["count"] == 1
    assert client.get(f"{LIST}?q=hiddenword&format=json").json()["count"] == 0


def test_home_counts_what_everybody_may_know_of(client, three):
    figures = {str(page.label): number for page, number in client.get("/en/").context["figures"]}
    assert figures["Communities"] == 2


def test_its_members_see_it_and_no_visit_is_counted(client, three, boss):
    client.force_login(boss)
    assert client.get(three["private"].get_absolute_url(), **READER).status_code == 200
    client.get(three["open"].get_absolute_url(), **READER)
    assert list(Visit.objects.values_list("object_id", flat=True)) == [three["open"].pk]
    page = client.get(path("about", three["private"])).content.decode()
    assert addresses.permanent(three["private"]) not in page
    assert 'rel="canonical"' not in page
    assert "noindex" in page


def test_made_private_it_is_gone_from_kept_pages_and_index_at_once(client, three, boss, done):
    pages = ("/en/", LIST, f"{LIST}?q=openword", "/en/search/?q=openword", "/en/discover/countries/kenya/")
    for address in pages:
        client.get(address)
    assert "openword" in client.get(LIST).content.decode()
    record = three["open"]
    record.access = "private"
    done(services.save_community, record=record, by=boss)
    before_the_worker = client.get(LIST).content.decode()
    assert "Cash openword" not in before_the_worker
    search.follow_changes()
    for address in pages:
        assert "Cash openword" not in client.get(address).content.decode(), address
    assert client.get(record.get_absolute_url()).status_code == 404
    assert not search.search(Query(text="openword")).hits


def test_followers_hear_of_open_ones_alone(three, member, boss):
    Follow.objects.create(user=member, **following.about(Country.objects.get()))
    for community in three.values():
        following.announce(community)
    Announcement.objects.update(due_at=timezone.now())
    following.tell_due()
    told = set(Notice.objects.filter(user=member).values_list("object_id", flat=True))
    assert told == {three["open"].pk, three["request"].pk}


def test_one_that_was_withdrawn_says_why_unless_it_was_private(client, three):
    gone = {"status": "withdrawn", "withdrawn_at": timezone.now(), "withdrawal_reason": "Its work is done."}
    Community.objects.update(**gone)
    assert client.get(three["open"].get_absolute_url()).status_code == 410
    assert client.get(three["private"].get_absolute_url()).status_code == 404
    assert client.get(addresses.permanent(three["private"])).status_code == 404
    assert client.get(addresses.permanent(three["open"])).status_code == 302


def test_an_archived_one_is_still_found_and_says_so(client, three, boss, done):
    done(services.archive, community=three["open"], by=boss, reason="Its work is done.")
    search.follow_changes()
    page = client.get(f"{LIST}?q=openword").content.decode()
    assert "Cash <mark>openword</mark>" in page
    assert "Archived" in page
    assert client.get(f"{LIST}?activity=archived&format=json").json()["count"] == 1


# ---------- The state that the rule gives ----------


def test_time_passes_and_kept_pages_say_quiet(client, three, done):
    Community.objects.filter(pk=three["open"].pk).update(**long_ago())
    client.get(LIST)
    assert done(services.look_for_quiet) == 1
    search.follow_changes()
    assert "Quiet" in client.get(LIST).content.decode()
    assert client.get(f"{LIST}?activity=quiet&format=json").json()["count"] == 1
    assert "Quiet" in client.get(three["open"].get_absolute_url()).content.decode()


def test_a_new_post_wakes_it(client, three, done):
    Community.objects.filter(pk=three["open"].pk).update(**long_ago())
    done(services.look_for_quiet)
    search.follow_changes()
    assert client.get(f"{LIST}?activity=active&format=json").json()["count"] == 1
    done(places.touched, three["open"])
    search.follow_changes()
    assert client.get(f"{LIST}?activity=active&format=json").json()["count"] == 2
    assert services.look_for_quiet() == 0


def test_nobody_is_asked_whether_a_withdrawn_one_goes_on(make):
    make(status="withdrawn", withdrawn_at=timezone.now(), withdrawal_reason="Wrong.", **long_ago())
    assert services.look_for_quiet() == 0


def test_its_administrators_are_asked_once(three, boss):
    Community.objects.filter(pk=three["open"].pk).update(**long_ago())
    services.look_for_quiet()
    services.look_for_quiet()
    assert Notice.objects.filter(user=boss, template="communities/quiet").count() == 1


# ---------- Queries ----------


@pytest.mark.parametrize("many", [1, 20])
def test_the_list_takes_as_many_queries_for_twenty_as_for_one(many, client, make, django_assert_max_num_queries):
    for number in range(many):
        make(name=f"Number {number}")
    search.rebuild_index()
    client.get(f"{LIST}?sort=newest")
    services.save_community(record=Community.objects.first(), by=None)
    with django_assert_max_num_queries(8):
        client.get(LIST)


@pytest.mark.parametrize("threads", [1, 20])
def test_the_front_takes_ten_queries_for_visitors_and_twelve_for_members(
    threads, client, community, member, django_assert_max_num_queries
):
    for number in range(threads):
        factories.thread(community, f"Thread {number}")
    client.get(reverse("search:glossary"))
    with django_assert_max_num_queries(10):
        client.get(community.get_absolute_url())
    factories.membership(community, member)
    client.force_login(member)
    client.get("/en/search/glossary/")
    with django_assert_max_num_queries(12):
        client.get(community.get_absolute_url())


def test_who_organises_it_and_how_people_write_stand_beside_the_discussions(client, community):
    community.organisations.add(factories.organisation("Fund for Children"))
    page = client.get(community.get_absolute_url()).content.decode()
    assert "Organised by" in page
    assert "Fund for Children" in page
    assert "House rules" in page


@pytest.mark.parametrize("name", ["detail", "about"])
def test_the_front_of_a_closed_one_takes_ten(name, client, make, django_assert_max_num_queries):
    community = make("request")
    with django_assert_max_num_queries(10):
        client.get(path(name, community))


# ---------- Addresses of the former platform ----------


@pytest.mark.parametrize(
    ("old", "asked"),
    [
        ("/connect/communities/gender-group", "/connect/communities/gender-group"),
        ("/connect/communities/gender-group", "/connect/communities/Gender-Group/"),
        (
            "/connect/communities/travail-–-emploi/sources-spec",
            "/connect/communities/travail-%E2%80%93-emploi/sources-spec",
        ),
    ],
)
def test_an_old_address_leads_to_the_community_in_the_readers_language(old, asked, client, community):
    target = community.get_absolute_url().removeprefix("/en")
    OldAddress.objects.create(path=old, target=target)
    answer = client.get(asked, headers={"Accept-Language": "fr"})
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/fr{target}")
