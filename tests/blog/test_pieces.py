"""What members write for the blog with the editors, until both agree."""

from __future__ import annotations

import pytest
from django.urls import reverse

from blog import contributions, pieces
from blog.models import BlogPost, BlogSeries, Remark
from content import deciding
from content.models import Case
from content.services import NotReady, publish
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = {"language": "en", "title": "A window that answers", "summary": "In short.", "body": "One.\n\nTwo."}


@pytest.fixture
def sent(client, member) -> BlogPost:
    client.force_login(member)
    client.post(reverse("blog:submit"), TEXT | {"send": "1"})
    return BlogPost.objects.get()


@pytest.fixture
def placed(sent) -> BlogPost:
    """An editor has chosen its series."""
    series = BlogSeries.objects.create(slug="voices", title_en="Voices of members")
    BlogPost.objects.filter(pk=sent.pk).update(series=series, series_number=1)
    sent.refresh_from_db()
    return sent


def case_of(post: BlogPost) -> Case:
    return Case.objects.about(post).get()


def edited(post: BlogPost, staff, text: str) -> Case:
    """An editor changes the text and asks its author."""
    post.refresh_from_db()
    post.body_en = text
    post.save()
    deciding.ask_for_changes(case=case_of(post), by=staff, turn=case_of(post).turn, note="Is this what you mean?")
    return case_of(post)


class TestWriting:
    def test_a_text_is_sent_with_its_author_above_it_and_nothing_is_public(self, client, sent, member):
        assert (sent.status, sent.owner, sent.kind) == ("in_review", member, "op-ed")
        assert [author.user for author in sent.authors.all()] == [member]
        client.logout()
        assert client.get(sent.get_absolute_url()).status_code == 404

    def test_what_was_typed_stays_where_something_is_missing(self, client, member):
        client.force_login(member)
        page = client.post(reverse("blog:submit"), TEXT | {"title": "", "send": "1"}).content.decode()
        assert page.count("Give your text a title") == 2
        assert "Two." in page
        assert not BlogPost.objects.exists()

    def test_a_draft_is_kept_with_a_title_alone(self, client, member):
        client.force_login(member)
        client.post(reverse("blog:submit"), {"language": "fr", "title": "Un guichet", "save": "1"})
        post = BlogPost.objects.get()
        assert (post.status, post.title_fr) == ("draft", "Un guichet")
        page = client.get(reverse("blog:change", args=[post.pk])).content.decode()
        assert "Un guichet" in page

    def test_a_preview_shows_the_text_and_keeps_nothing(self, client, member):
        client.force_login(member)
        page = client.post(reverse("blog:submit"), TEXT | {"body": "**Bold**", "preview": "1"}).content.decode()
        assert "<strong>Bold</strong>" in page
        assert not BlogPost.objects.exists()

    def test_what_a_visitor_typed_is_there_behind_the_door(self, client, member):
        client.post(reverse("blog:submit"), TEXT | {"send": "1"})
        session = client.session["unsent"]
        client.force_login(member)
        kept = client.session
        kept["unsent"] = session
        kept.save()
        assert "A window that answers" in client.get(reverse("blog:submit")).content.decode()

    def test_a_draft_is_deleted_after_asking(self, client, member):
        client.force_login(member)
        client.post(reverse("blog:submit"), TEXT | {"save": "1"})
        address = reverse("blog:discard", args=[BlogPost.objects.get().pk])
        assert client.get(address).status_code == 200
        client.post(address)
        assert not BlogPost.objects.exists()

    def test_changing_the_language_leaves_no_words_behind(self, client, member):
        client.force_login(member)
        client.post(reverse("blog:submit"), TEXT | {"save": "1"})
        post = BlogPost.objects.get()
        client.post(reverse("blog:change", args=[post.pk]), TEXT | {"language": "fr", "save": "1"})
        post.refresh_from_db()
        assert (post.original_language, post.title_en, post.title_fr) == ("fr", "", TEXT["title"])

    def test_what_waits_is_not_changed(self, client, sent):
        assert client.post(reverse("blog:change", args=[sent.pk]), TEXT | {"title": "Another"}).status_code == 403


class TestAgreeing:
    def test_a_text_as_its_author_sent_it_is_published(self, placed, staff):
        deciding.publish(case=case_of(placed), by=staff, turn=case_of(placed).turn)
        placed.refresh_from_db()
        assert placed.is_published

    def test_other_ends_of_lines_are_no_change(self, placed, staff):
        BlogPost.objects.filter(pk=placed.pk).update(body_en=TEXT["body"].replace("\n", "\r\n"))
        deciding.publish(case=case_of(placed), by=staff, turn=case_of(placed).turn)
        placed.refresh_from_db()
        assert placed.is_published

    def test_it_ends_in_a_series(self, sent, staff):
        with pytest.raises(deciding.Stale, match="series"):
            deciding.publish(case=case_of(sent), by=staff, turn=case_of(sent).turn)

    def test_a_text_that_an_editor_changed_is_not(self, placed, staff):
        BlogPost.objects.filter(pk=placed.pk).update(body_en="One, changed.")
        with pytest.raises(deciding.Stale, match="not agreed"):
            deciding.publish(case=case_of(placed), by=staff, turn=case_of(placed).turn)
        placed.refresh_from_db()
        assert (placed.status, case_of(placed).state) == ("in_review", "waiting")
        with pytest.raises(NotReady):
            publish(record=placed, by=staff)

    def test_nor_once_an_editor_calls_it_something_else(self, placed, staff):
        BlogPost.objects.filter(pk=placed.pk).update(body_en="One, changed.", kind="blog-article")
        placed.refresh_from_db()
        with pytest.raises(NotReady):
            publish(record=placed, by=staff)

    def test_its_author_sees_what_changed_agrees_and_it_is_published(self, client, placed, staff):
        edited(placed, staff, "One, changed.\n\nTwo.")
        address = reverse("blog:piece", args=[placed.pk])
        page = client.get(address).content.decode()
        assert "One, changed." in page
        assert "Is this what you mean?" in page
        placed.refresh_from_db()
        client.post(reverse("blog:approve", args=[placed.pk]), {"seen": pieces.fingerprint(placed)})
        case = case_of(placed)
        assert case.state == "waiting"
        deciding.publish(case=case, by=staff, turn=case.turn)
        placed.refresh_from_db()
        assert (placed.is_published, placed.body_en) == (True, "One, changed.\n\nTwo.")

    def test_nobody_agrees_to_words_they_have_not_seen(self, client, placed, staff):
        edited(placed, staff, "One, changed.")
        placed.refresh_from_db()
        seen = pieces.fingerprint(placed)
        BlogPost.objects.filter(pk=placed.pk).update(body_en="Changed once more.")
        response = client.post(reverse("blog:approve", args=[placed.pk]), {"seen": seen})
        assert response.status_code == 409
        assert case_of(placed).state == "with_member"

    def test_the_inbox_says_whether_its_author_agrees(self, client, placed, staff):
        BlogPost.objects.filter(pk=placed.pk).update(body_en="One, changed.")
        client.force_login(staff)
        address = reverse("review_case", args=[case_of(placed).pk])
        assert "Changed since its author agreed to it" in client.get(address).content.decode()
        response = client.post(address, {"step": "publish", "turn": case_of(placed).turn})
        assert response.status_code == 409
        assert "has not agreed to the text" in response.content.decode()

    def test_the_admin_publishes_no_words_that_its_author_has_not_agreed_to(self, placed, staff):
        post = BlogPost.objects.get(pk=placed.pk)
        said = {"original_language": "en", "title_en": TEXT["title"], "summary_en": "In short.", "body_en": "Other."}
        assert pieces.waits_for_its_author(post, said)
        assert not pieces.waits_for_its_author(post, said | {"body_en": TEXT["body"]})


class TestRemarks:
    def test_an_editor_remarks_on_a_paragraph_and_its_author_reads_it_there(self, client, sent, staff, member):
        client.force_login(staff)
        client.post(reverse("blog:remarks", args=[sent.pk]), {"paragraph": "2", "text": "How do you know?"})
        assert Remark.objects.get().paragraph == "Two."
        client.force_login(member)
        page = client.get(reverse("blog:piece", args=[sent.pk])).content.decode()
        assert page.index("Two.") < page.index("How do you know?")

    def test_a_remark_on_words_that_are_gone_says_so(self, client, sent, staff, member):
        Remark.objects.create(post=sent, paragraph="Something else.", text="Why?", by=staff)
        page = client.get(reverse("blog:piece", args=[sent.pk])).content.decode()
        assert "About words that were changed since" in page

    def test_an_empty_remark_is_refused_beside_its_paragraph(self, client, sent, staff):
        client.force_login(staff)
        response = client.post(reverse("blog:remarks", args=[sent.pk]), {"paragraph": "1", "text": ""})
        assert response.content.decode().count("Write your remark first") == 2


def test_what_a_member_wrote_stands_on_their_profile(client):
    profile = factories.profile("Amina", everything="public")
    factories.blog_post("By Amina", authors=[{"user": profile.user}])
    factories.blog_post("Not yet public", authors=[{"user": profile.user}], status="draft", published_at=None)
    assert "By Amina" in client.get(profile.get_absolute_url()).content.decode()
    assert [post.title_en for post in contributions.written_by(profile.user)] == ["By Amina"]
