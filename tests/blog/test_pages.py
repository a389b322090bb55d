"""What everybody reads of the blog."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog import reading
from blog.models import BlogImage, BlogPost, BlogSeries, DayCount
from content.services import about, publish
from search import services as search
from tests import factories
from tests.world import stored_file

pytestmark = pytest.mark.django_db
BROWSER = {"User-Agent": "Mozilla/5.0"}


@pytest.fixture
def series() -> BlogSeries:
    return BlogSeries.objects.create(slug="ambassadors", title_en="Ambassadors", title_fr="Ambassadeurs")


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    settings.HAYSTACK_CONNECTIONS = {
        "default": {"ENGINE": "search.backends.tantivy.TantivyEngine", "PATH": str(tmp_path / "index")}
    }
    search.rebuild_index()


class TestDetail:
    def test_words_of_the_readers_language_come_first_and_others_carry_theirs(self, client):
        post = factories.blog_post("Two windows", title_fr="Deux guichets", body_fr="En **bref**.", body_en="In short.")
        address = post.get_absolute_url()
        french = client.get(address.replace("/en/", "/fr/")).content.decode()
        assert "<h1>Deux guichets</h1>" in french
        assert "<strong>bref</strong>" in french
        spanish = client.get(address.replace("/en/", "/es/")).content.decode()
        assert '<h1 lang="en" dir="ltr">Two windows</h1>' in spanish

    def test_headings_begin_below_the_title_and_no_html_of_its_own_passes(self, client):
        post = factories.blog_post(
            body_en="# One\n\n<script>alert(1)</script>\n\n### Two\n\n![x](https://x.example/y.png)"
        )
        page = client.get(post.get_absolute_url()).content.decode()
        assert "<h2>One</h2>" in page
        assert "<h3>Two</h3>" in page
        assert "<script>alert" not in page
        assert 'src="https://x.example' not in page

    def test_neighbours_in_its_series_are_the_nearest_public_ones(self, client, series):
        numbered = {n: factories.blog_post(f"Number {n}", series=series, series_number=n) for n in (1, 3, 4)}
        factories.blog_post("Hidden", series=series, series_number=2, status="draft", published_at=None)
        page = client.get(numbered[3].get_absolute_url()).content.decode()
        assert f'rel="prev" href="{numbered[1].get_absolute_url()}"' in page
        assert f'rel="next" href="{numbered[4].get_absolute_url()}"' in page
        assert "Hidden" not in page

    def test_authors_lead_to_their_page_only_where_the_reader_may_open_it(self, client, member):
        everyone, members = factories.profile("Amina"), factories.profile("Bela", listing="members")
        named = [{"user": everyone.user}, {"user": members.user}, {"name": "A Guest", "affiliation": "Somewhere"}]
        post = factories.blog_post(authors=named)
        page = client.get(post.get_absolute_url()).content.decode()
        assert f'href="{everyone.get_absolute_url()}"' in page
        assert members.get_absolute_url() not in page
        assert "Bela" in page
        assert "A Guest</b>, Somewhere" in page
        client.force_login(member)
        assert members.get_absolute_url() in client.get(post.get_absolute_url()).content.decode()

    def test_an_author_whose_account_is_closed_is_not_named(self, client):
        gone = factories.member("Somebody Gone", is_active=False)
        page = client.get(factories.blog_post(authors=[{"user": gone}]).get_absolute_url()).content.decode()
        assert "Somebody Gone" not in page
        assert "Former member" in page

    def test_linked_records_of_any_type_are_shown_and_hidden_ones_are_not(self, client):
        public, hidden = (
            factories.publication("Seen"),
            factories.publication("Unseen", status="draft", published_at=None),
        )
        post = factories.blog_post()
        for record in (public, hidden):
            post.links.create(**about(record))
        page = client.get(post.get_absolute_url()).content.decode()
        assert "Seen" in page
        assert "Unseen" not in page

    def test_json_says_what_the_page_says(self, client):
        post = factories.blog_post(body_fr="En long.", authors=[{"name": "A Guest"}])
        data = client.get(f"{post.get_absolute_url()}?format=json").json()
        assert data["texts"] == {"en": "In long.", "fr": "En long."}
        assert data["authors"] == ["A Guest"]

    def test_its_queries_do_not_grow(self, client, series, django_assert_num_queries, django_assert_max_num_queries):
        def full(number: int) -> BlogPost:
            made = [factories.profile(f"Author {number} {n}") for n in range(number)]
            post = factories.blog_post(
                series=series, series_number=number, authors=[{"user": one.user} for one in made]
            )
            for one in range(number):
                post.links.create(**about(factories.publication(f"About {one}")))
            publish_again(post)
            for one in range(number):
                factories.post(post.thread, f"Comment {one}", author=factories.member())
            return post

        small, large = full(2), full(15)
        client.get(small.get_absolute_url())
        numbers = []
        for post in (small, large):
            with django_assert_max_num_queries(60) as counted:
                client.get(post.get_absolute_url(), headers={"User-Agent": "a bot"}, data={"fresh": post.pk})
            numbers.append(len(counted.captured_queries))
        assert numbers[1] <= numbers[0] + 2, numbers


def publish_again(post: BlogPost) -> None:
    """As the editors do it, so that it has a discussion."""
    BlogPost.objects.filter(pk=post.pk).update(status="draft")
    post.refresh_from_db()
    publish(record=post, by=factories.member("An Editor", is_staff=True))


class TestPictures:
    def test_none_is_kept_without_credit_licence_and_words(self):
        post, file = factories.blog_post(), stored_file("image")
        whole = {"post": post, "file": file, "credit": "A photographer", "licence": factories.licence()}
        for lacking in ({"credit": ""}, {"licence": None}, {"alt_en": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                BlogImage.objects.create(**(whole | {"alt_en": "A queue"} | lacking))
        assert BlogImage.objects.create(**whole, alt_fr="Une file").pk

    def test_the_page_shows_it_with_all_three(self, client):
        page = client.get(factories.blog_post(image=stored_file("image")).get_absolute_url()).content.decode()
        assert 'alt="A queue at a counter"' in page
        assert "A photographer" in page
        assert "CC BY 4.0" in page

    def test_it_is_seen_by_whoever_reads_the_post(self, client):
        hidden = factories.blog_post(image=stored_file("image"), status="draft", published_at=None)
        shown = factories.blog_post(image=stored_file("image"))
        address = lambda post: post.images.get().file.get_absolute_url()  # noqa: E731
        assert client.get(address(hidden)).status_code == 404
        assert client.get(address(shown)).status_code == 200


class TestLists:
    def test_news_are_a_list_of_their_own(self, client):
        factories.blog_post("It rained", kind="news-item")
        factories.blog_post("On rain")
        search.rebuild_index()
        page = client.get(reverse("blog:news")).content.decode()
        assert "It rained" in page
        assert "On rain" not in page
        assert client.get(f"{reverse('blog:news_feed')}").content.decode().count("<entry") == 1
        assert client.get(f"{reverse('blog:news')}?format=json").json()["count"] == 1

    def test_search_finds_words_of_the_text_and_its_authors(self, client):
        factories.blog_post(body_en="The *counter* answers.", authors=[{"name": "Wilhelmina Guest"}])
        search.rebuild_index()
        for asked in ("counter", "wilhelmina"):
            assert client.get(f"{reverse('blog:list')}?q={asked}&format=json").json()["count"] == 1

    def test_a_series_lists_its_posts_in_order(self, client, series):
        for number, title in ((2, "Second"), (1, "First")):
            factories.blog_post(title, series=series, series_number=number)
        factories.blog_post("Third", series=series, series_number=3, status="draft", published_at=None)
        page = client.get(series.get_absolute_url()).content.decode()
        assert "2 posts, in order" in page
        assert page.index("First") < page.index("Second")

    def test_a_series_without_a_public_post_is_not_there(self, client, series):
        factories.blog_post(series=series, series_number=1, status="draft", published_at=None)
        assert client.get(series.get_absolute_url()).status_code == 404
        for name in ("list", "all_series"):
            assert series.get_absolute_url() not in client.get(reverse(f"blog:{name}")).content.decode()

    def test_the_same_number_stands_once_in_a_series(self, series):
        factories.blog_post(series=series, series_number=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.blog_post(series=series, series_number=1)

    def test_its_queries_do_not_grow(self, client, django_assert_max_num_queries):
        numbers = []
        for size in (1, 12):
            for one in range(size):
                factories.blog_post(f"Post {size} {one}", authors=[{"name": "A Guest"}])
            search.rebuild_index()
            with django_assert_max_num_queries(40) as counted:
                client.get(f"{reverse('blog:list')}?from={1990 + size}")
            numbers.append(len(counted.captured_queries))
        assert numbers[1] <= numbers[0] + 1, numbers


class TestReadMost:
    def test_readers_of_the_last_month_count_and_bots_and_the_team_do_not(self, client, staff):
        post = factories.blog_post("Read by one")
        Client(headers=BROWSER).get(post.get_absolute_url())
        Client(headers={"User-Agent": "a bot"}).get(post.get_absolute_url())
        editor = Client(headers=BROWSER)
        editor.force_login(staff)
        editor.get(post.get_absolute_url())
        assert [row.views for row in DayCount.objects.all()] == [1]
        assert "Most read this month" in client.get(reverse("blog:list")).content.decode()

    def test_what_was_read_long_ago_does_not_count(self):
        post = factories.blog_post()
        DayCount.objects.create(post=post, day=timezone.now().date() - timedelta(days=40), views=900)
        assert list(BlogPost.objects.published().read_most()) == []

    def test_nor_does_what_is_not_public(self):
        hidden = factories.blog_post(status="draft", published_at=None)
        DayCount.objects.create(post=hidden, day=timezone.now().date(), views=900)
        assert reading.read_most() == []
