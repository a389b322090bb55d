"""A webinar becomes a post of the blog and a discussion of its community: drafted, published, linked, told once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from blog import services as blog
from blog.models import BlogPost
from content import services as content
from discussions.models import Thread
from notifications.models import Letter
from tests import factories
from webinars import asking, question_letters, summaries
from webinars.attendance import counts
from webinars.models import Material, Question, Recording

pytestmark = pytest.mark.django_db
TEXT = "Can an existing database be used in an emergency?"


@pytest.fixture
def community():
    return factories.community("Cash and care", slug="cash")


@pytest.fixture
def webinar(staff, community):
    made = factories.webinar(
        "Registers that people can correct",
        slug="registers",
        starts_in=timedelta(days=-1),
        title_fr="Des registres que l’on corrige",
        summary_fr="Qui peut dire qu’une liste est fausse ?",
        community=community,
        series=factories.webinar_series("Shocks", slug="shocks"),
    )
    factories.organiser(made, staff)
    factories.panellist(made, "Rosa Quispe", affiliation="A ministry")
    Recording.objects.create(webinar=made, language="en", link="https://video.example/1")
    return made


@pytest.fixture
def asked(webinar, member, staff):
    """Two by a member, one of them answered; one by a guest, one hidden."""
    row = factories.registration(webinar, "guest@example.org", language="fr")
    first = asking.ask(webinar=webinar, by=asking.member(member), text=TEXT, language="en")
    asking.answer(question=first, by=staff, name="Rosa Quispe", text="Often.\n\nNot *always*.", language="en")
    asking.ask(webinar=webinar, by=asking.member(member), text="Who pays for the correction?", language="en")
    asking.ask(webinar=webinar, by=asking.registrant(row), text="Et dans les villages ?", language="fr")
    hidden = asking.ask(webinar=webinar, by=asking.registrant(row), text="Who is this one person?", language="en")
    asking.hide(question=hidden, by=staff, reason="It is about a person.")
    return first


def draft(webinar, staff) -> BlogPost:
    post = summaries.draft_summary(webinar=webinar, by=staff)
    for code in summaries.languages_of(post):
        text = getattr(post, f"body_{code}")
        for said in ("(Write here what was said.)", "(Écrivez ici ce qui a été dit.)"):
            text = text.replace(said, "A list ages.")
        setattr(post, f"body_{code}", text)
    post.save()
    return post


def published(webinar, staff) -> BlogPost:
    post = draft(webinar, staff)
    content.publish(record=post, by=staff)
    post.refresh_from_db()
    return post


# ---------- Drafted ----------


def test_one_press_drafts_what_is_known_in_each_language_of_the_webinar(client, webinar, asked, staff):
    client.force_login(staff)
    path = reverse("webinars:edit_summary", args=["registers"])
    assert "Draft the summary" in client.get(path).content.decode()
    answer = client.post(path)
    post = BlogPost.objects.get()
    assert answer["Location"].partition("?")[0] == reverse("admin:blog_blogpost_change", args=[post.pk])
    assert (post.status, post.kind, post.title_fr, post.title_es) == (
        "draft",
        "webinar-summary",
        "Des registres que l’on corrige",
        None,
    )
    for word in ("Rosa Quispe, A ministry", TEXT, "Often.", "?play=en#recording", "Answered by Rosa Quispe", "Shocks"):
        assert word in post.body_en
    assert "Et dans les villages" not in post.body_en, "what waits for an answer is none yet"
    assert "Who is this one person" not in post.body_en
    assert r"Not \*always\*." in post.body_en, "words of others are no markup of ours"
    assert "Questions et réponses" in post.body_fr
    assert not post.body_es
    assert [str(one) for one in post.authors.all()] == ["Rosa Quispe"]
    assert [str(link.record) for link in post.links.all()] == [str(webinar), str(webinar.community)]


def test_a_draft_holds_as_many_answers_as_a_post_can(webinar, member, staff, settings):
    for number in range(12):
        asked = Question.objects.create(webinar=webinar, user=member, language="en", text=f"Question number {number}?")
        asking.answer(question=asked, by=staff, name="Rosa", text="a" * 4000, language="en")
    post = summaries.draft_summary(webinar=webinar, by=staff)
    assert 25_000 < len(post.body_en) < 40_000
    assert "Question number 0?" in post.body_en
    assert f"[All questions and answers]({settings.PORTAL_BASE_URL}{webinar.get_absolute_url()}questions/)" in (
        post.body_en
    )


def test_pressed_twice_there_is_one_draft(client, webinar, staff):
    client.force_login(staff)
    path = reverse("webinars:edit_summary", args=["registers"])
    assert client.post(path)["Location"] == client.post(path)["Location"]
    assert BlogPost.objects.count() == 1


def test_editors_alone_draft(client, webinar, member):
    factories.organiser(webinar, member)
    client.force_login(member)
    path = reverse("webinars:edit_summary", args=["registers"])
    assert "An editor drafts it." in client.get(path).content.decode()
    assert client.post(path).status_code == 403
    assert not BlogPost.objects.exists()


@pytest.mark.parametrize("why", ["ahead", "cancelled", "private"])
def test_what_is_not_over_or_not_public_has_no_summary(client, staff, why):
    fields = {"starts_in": timedelta(days=-1)}
    if why == "ahead":
        fields = {}
    elif why == "private":
        fields["community"] = factories.community(access="private")
    webinar = factories.webinar(**fields)
    if why == "cancelled":
        webinar.cancelled_at, webinar.cancelled_reason = webinar.starts_at, "Ill."
        webinar.save()
    client.force_login(staff)
    page = client.post(reverse("webinars:edit_summary", args=[webinar.slug]), follow=True).content.decode()
    assert summaries.why_not(webinar) in page
    assert not BlogPost.objects.exists()


# ---------- Published ----------


def test_a_draft_in_which_nobody_wrote_is_not_published(client, webinar, staff):
    post = summaries.draft_summary(webinar=webinar, by=staff)
    with pytest.raises(content.NotReady):
        content.publish(record=post, by=staff)
    post.refresh_from_db()
    assert post.status == "draft"


def test_a_webinar_that_became_private_does_not_reach_the_blog(webinar, staff):
    post = draft(webinar, staff)
    webinar.community.access = "private"
    webinar.community.save()
    with pytest.raises(content.NotReady):
        content.publish(record=post, by=staff)


def test_the_questions_become_a_discussion_with_an_anchor_each_and_are_the_comments_of_the_summary(
    client, webinar, asked, staff
):
    post = published(webinar, staff)
    thread = Thread.objects.get(pk=post.thread_id)
    assert (thread.record, thread.is_comments, thread.reply_count) == (webinar.community, False, 3)
    asked.refresh_from_db()
    assert asked.post.thread == thread
    assert TEXT in asked.post.text
    page = client.get(thread.get_absolute_url()).content.decode()
    for question in webinar.questions.shown():
        assert f'id="{question.post.anchor}"' in page
        assert question.text.replace("’", "&#x27;") in page
    assert "Who is this one person" not in page
    assert "(Write here" not in page


def test_links_stand_both_ways(client, webinar, asked, staff):
    post = published(webinar, staff)
    publication = factories.publication()
    blog.link_records(post=post, records=[publication])
    thread = Thread.objects.get(pk=post.thread_id)
    on_blog = client.get(post.get_absolute_url()).content.decode()
    for path in (webinar.get_absolute_url(), webinar.series.get_absolute_url(), webinar.community.get_absolute_url()):
        assert path in on_blog
    assert thread.get_absolute_url() in on_blog
    on_webinar = client.get(webinar.get_absolute_url()).content.decode()
    assert post.get_absolute_url() in on_webinar
    assert thread.get_absolute_url() in on_webinar
    assert publication.get_absolute_url() in on_webinar
    for path in (webinar.series.get_absolute_url(), publication.get_absolute_url()):
        assert post.get_absolute_url() in client.get(path).content.decode()
    assert thread.get_absolute_url() in client.get(webinar.community.get_absolute_url()).content.decode()
    in_thread = client.get(thread.get_absolute_url()).content.decode()
    assert post.get_absolute_url() in in_thread
    assert webinar.get_absolute_url() in in_thread


def test_a_draft_is_linked_from_nowhere(client, webinar, staff):
    post = draft(webinar, staff)
    assert post.get_absolute_url() not in client.get(webinar.get_absolute_url()).content.decode()


def test_whoever_asked_is_told_once_in_their_language_however_often_it_is_published(webinar, asked, staff, member):
    post = published(webinar, staff)
    content.withdraw(record=post, by=staff, reason="A mistake.")
    content.publish(record=post, by=staff)
    letters = Letter.objects.filter(kind=question_letters.DISCUSSED)
    assert sorted((one.address or one.user.email, one.language) for one in letters) == [
        ("guest@example.org", "fr"),
        (member.email, "en"),
    ]
    assert Thread.objects.filter(is_comments=False).count() == 1
    guest = letters.get(address="guest@example.org")
    assert guest.context["path"] == Question.objects.get(language="fr").post.get_absolute_url().replace("/en/", "/fr/")


@pytest.mark.parametrize("access", ["request", None])
def test_without_an_open_community_the_summary_has_comments_of_its_own(webinar, asked, staff, access):
    if access:
        webinar.community.access = access
        webinar.community.save()
    else:
        webinar.community = None
        webinar.save()
    post = published(webinar, staff)
    assert Thread.objects.get(pk=post.thread_id).is_comments
    assert not Letter.objects.filter(kind=question_letters.DISCUSSED).exists()


def test_french_follows_after_english(client, webinar, staff, django_capture_on_commit_callbacks):
    post = draft(webinar, staff)
    french, post.body_fr = post.body_fr, ""
    post.save()
    content.publish(record=post, by=staff)
    path = post.get_absolute_url().replace("/en/", "/fr/")
    assert "pas encore en français" in client.get(path).content.decode()
    post.body_fr = french
    with django_capture_on_commit_callbacks(execute=True):
        content.save_record(record=post, by=staff)
    assert "À voir, à écouter" in client.get(path).content.decode()
    assert "pas encore en français" not in client.get(path).content.decode()


# ---------- Published by one press ----------


@pytest.fixture
def half_written(webinar, staff):
    """In English somebody wrote; in French the draft waits."""
    webinar.original_language = "fr"
    webinar.save()
    post = summaries.draft_summary(webinar=webinar, by=staff)
    post.body_en = post.body_en.replace("(Write here what was said.)", "A list ages.")
    post.save()
    return post


def test_one_press_publishes_what_is_written_and_takes_the_rest_of_the_draft_out(client, half_written, asked, staff):
    client.force_login(staff)
    path = reverse("webinars:edit_summary", args=["registers"])
    page = client.get(path).content.decode()
    assert "Written: English." in page
    assert "Nobody has written yet what was said: French." in page
    assert f"a discussion in “Cash and care”, begun in the name of {staff}" in page
    page = client.post(path, {"publish": "1"}, follow=True).content.decode()
    assert "The summary is public." in page
    half_written.refresh_from_db()
    assert (half_written.status, half_written.original_language) == ("published", "en")
    assert "A list ages." in half_written.body_en
    assert not any(getattr(half_written, f"{name}_fr") for name in ("title", "summary", "body"))


def test_a_draft_in_which_nobody_wrote_keeps_all_its_words_at_the_press(client, webinar, staff):
    post = summaries.draft_summary(webinar=webinar, by=staff)
    client.force_login(staff)
    path = reverse("webinars:edit_summary", args=["registers"])
    assert 'name="publish"' not in client.get(path).content.decode()
    page = client.post(path, {"publish": "1"}, follow=True).content.decode()
    assert "Nobody has written yet what was said. Edit the post first." in page
    assert BlogPost.objects.filter(pk=post.pk, status="draft", body_fr=post.body_fr).exists()


def test_editors_alone_publish(client, half_written, webinar, member):
    factories.organiser(webinar, member)
    client.force_login(member)
    path = reverse("webinars:edit_summary", args=["registers"])
    assert client.post(path, {"publish": "1"}).status_code == 403
    assert BlogPost.objects.get().status == "draft"


def test_the_draft_says_who_came_and_credits_who_moderated(webinar, staff):
    factories.panellist(webinar, "Abdi Warsame", role="moderator")
    counts.enter(webinar=webinar, kind="attended", number=140, source="Zoom", counted_on=timezone.localdate(), by=staff)
    post = summaries.draft_summary(webinar=webinar, by=staff)
    assert "People who came: 140." in post.body_en
    assert [one.credit for one in post.authors.all()] == ["panellist", "moderator"]


@pytest.mark.parametrize(
    ("asked_for", "leads_to"), [("/en/learn/webinars/", "/en/learn/webinars/"), ("//evil.example/", None)]
)
def test_whoever_saves_comes_back_to_the_page_they_edited_from(client, half_written, staff, asked_for, leads_to):
    client.force_login(staff)
    path = reverse("admin:blog_blogpost_change", args=[half_written.pk])
    answer = client.post(f"{path}?{urlencode({'next': asked_for})}", filled(client, path, staff))
    assert answer["Location"] == (leads_to or reverse("admin:blog_blogpost_changelist"))


# ---------- In the editing page ----------


def filled(client, path: str, staff) -> dict[str, object]:
    """What the form sends when nothing is changed in it."""
    form = client.get(path).context["adminform"].form
    known = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: value for name, value in known.items() if value} | {"owner": staff.pk}
    for prefix in ("authors", "images", "links"):
        sent |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return sent


def test_the_editing_page_says_what_keeps_it_from_being_public_and_keeps_what_was_typed(client, webinar, staff):
    post = summaries.draft_summary(webinar=webinar, by=staff)
    client.force_login(staff)
    path = reverse("admin:blog_blogpost_change", args=[post.pk])
    typed = filled(client, path, staff) | {"summary_en": "A list ages.", "status": "published"}
    page = client.post(path, typed).content.decode()
    assert "nobody has written yet what was said" in page
    assert "A list ages." in page
    post.refresh_from_db()
    assert post.status == "draft"


def test_slides_and_transcripts_are_linked_by_their_names(webinar, staff):
    from tests.world import stored_file

    file = stored_file("vtt", name="words.vtt")
    Material.objects.create(webinar=webinar, kind="transcript", language="en", file=file)
    post = summaries.draft_summary(webinar=webinar, by=staff)
    assert f"{webinar.get_absolute_url()}transcript/en/" in post.body_en
