"""Pages of notices and choices."""

import pytest

from notifications import following, kinds, notices, preferences
from notifications.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db


def tell(user, number: int = 1, **more):
    for one in range(number):
        notices.notify(
            kind="review",
            occasion=f"it-{one}-{more.get('about', '')}",
            recipients=[user],
            template="review/said",
            context={"title": f"Report {one}", "path": "/en/here/"},
            **more,
        )


class TestNotices:
    def test_they_are_listed_newest_first(self, client, member):
        client.force_login(member)
        tell(member, 2)
        page = client.get("/en/me/notices/").content.decode()
        assert page.index("“Report 1”") < page.index("“Report 0”")

    def test_an_empty_page_says_what_will_stand_there(self, client, member):
        client.force_login(member)
        assert "Nothing yet." in client.get("/en/me/notices/").content.decode()

    def test_the_header_counts_what_is_new(self, client, member):
        client.force_login(member)
        tell(member, 3)
        assert '3<span class="vh"> new' in client.get("/en/").content.decode()

    def test_looking_changes_nothing_and_the_button_does(self, client, member):
        client.force_login(member)
        tell(member, 2)
        client.get("/en/me/notices/")
        assert notices.unread_count(member) == 2
        client.post("/en/me/notices/read/")
        assert notices.unread_count(member) == 0

    def test_a_record_that_one_may_no_longer_see_is_not_named(self, client, member):
        client.force_login(member)
        record = factories.publication("Secret plans", status="draft", published_at=None)
        tell(member, about=record)
        page = client.get("/en/me/notices/").content.decode()
        assert "Secret plans" not in page
        assert "no longer open to you" in page

    def test_of_somebody_elses_nothing_shows(self, client, member, other_member):
        tell(other_member, 2)
        client.force_login(member)
        assert "Report" not in client.get("/en/me/notices/").content.decode()

    def test_one_and_twenty_take_the_same_queries(self, client, member, kenya, django_assert_num_queries):
        client.force_login(member)
        following.follow(user=member, what=kenya)
        for number in range(20):
            record = factories.publication(f"News {number}")
            record.countries.set([kenya])
            following.tell_followers(record)
        rest = list(Notice.objects.values_list("pk", flat=True))[1:]
        client.get("/en/me/notices/")
        with django_assert_num_queries(8):
            client.get("/en/me/notices/")
        Notice.objects.filter(pk__in=rest).delete()
        with django_assert_num_queries(8):
            client.get("/en/me/notices/")


class TestPreferences:
    def test_choices_are_saved_at_once(self, client, member):
        client.force_login(member)
        chosen = {kind.key: "daily" for kind in kinds.offered_to(member)} | {"message": "never"}
        sent = {f"kind_{key}": frequency for key, frequency in chosen.items()}
        sent |= {"language": "fr", "time_zone": "Africa/Nairobi", "plain_text_only": "on"}
        response = client.post("/en/me/letters/", sent, follow=True)
        assert "Saved." in response.content.decode()
        member.refresh_from_db()
        assert (member.language, member.time_zone) == ("fr", "Africa/Nairobi")
        assert preferences.of(member).frequencies == chosen

    def test_a_frequency_that_is_not_offered_is_refused_in_words(self, client, member):
        client.force_login(member)
        sent = {"kind_review": "daily", "kind_message": "never", "kind_followed": "at_once"}
        response = client.post("/en/me/letters/", sent | {"language": "fr", "time_zone": "UTC"})
        page = response.content.decode()
        assert page.count("Choose one of the columns, in the row “New on what I follow”") == 2
        assert "<title>Error: " in page
        assert preferences.of(member).frequencies == {}

    def test_only_staff_are_asked_about_reviews(self, client, member, staff):
        client.force_login(member)
        assert "kind_staff_waiting" not in client.get("/en/me/letters/").content.decode()
        client.force_login(staff)
        assert "kind_staff_waiting" in client.get("/en/me/letters/").content.decode()

    def test_a_pause_shows_its_end_and_can_be_ended(self, client, member):
        client.force_login(member)
        client.post("/en/me/letters/pause/")
        assert "Paused: no letters until" in client.get("/en/me/letters/").content.decode()
        client.post("/en/me/letters/resume/")
        assert "Paused: no letters until" not in client.get("/en/me/letters/").content.decode()

    @pytest.mark.parametrize("page", ["", "pause/", "resume/"])
    def test_a_visitor_is_asked_to_sign_in(self, client, page):
        response = client.post(f"/en/me/letters/{page}")
        assert response.status_code == 302
        assert response["Location"].startswith("/en/accounts/login/")

    def test_an_unusual_zone_is_kept(self, client, member):
        member.time_zone = "Etc/GMT+5"
        member.save()
        client.force_login(member)
        assert '<option value="Etc/GMT+5" selected>' in client.get("/en/me/letters/").content.decode()


class TestFollowing:
    def test_a_visitors_button_leads_to_signing_in_and_back(self, client, kenya):
        address = f"/en/follow/country/{kenya.pk}/"
        response = client.get(address)
        assert response["Location"] == f"/en/accounts/login/?next={address}"

    def test_the_page_after_signing_in_asks_before_it_follows(self, client, member, kenya):
        client.force_login(member)
        address = f"/en/follow/country/{kenya.pk}/"
        assert "Follow Kenya" in client.get(address).content.decode()
        assert not following.is_following(member, kenya)
        assert client.post(address)["Location"] == kenya.get_absolute_url()
        assert following.is_following(member, kenya)

    def test_following_ends_where_it_was_ended(self, client, member, kenya):
        client.force_login(member)
        following.follow(user=member, what=kenya)
        address = f"/en/follow/country/{kenya.pk}/stop/"
        assert client.post(address, {"back": "letters"})["Location"] == "/en/me/letters/"
        assert not following.is_following(member, kenya)

    @pytest.mark.parametrize("address", ["/en/follow/planet/4/", "/en/follow/country/999999/"])
    def test_what_cannot_be_followed_is_not_found(self, client, member, address):
        client.force_login(member)
        assert client.get(address).status_code == 404
