import re
import shutil

import pytest
import yaml
from django.db import transaction
from django.urls import resolve
from django.utils import timezone

from communities.models import Community, Document, Invitation, Membership, ShelfItem
from content.addresses import plain
from content.models import Case as Review
from content.models import OldAddress
from discussions.models import Attachment, Mention, Post, PostTranslation, Reading, Thread
from files.models import PageText
from members.models import User
from moderation.models import Act, Case, Report, Standing
from portal.demo import loading, people
from portal.demo.shelf import FOLDER
from taxonomy.loading import load_vocabulary
from webinars import board
from webinars.models import Webinar

LANGUAGES = ("en", "fr", "es")
PRIVATE_WORDS = ("tamarind", "juniper", "marzipan")
ROWS = (Community, Membership, Invitation, Document, ShelfItem, Thread, Post, PostTranslation, Attachment, Mention)
MORE_ROWS = (Reading, Case, Report, Act, Standing, Review)


def read(name):
    return yaml.safe_load((FOLDER / name).read_text())


def named_in(discussions, communities):
    attached = {slug for entry in discussions for post in entry["posts"] for slug in post.get("attach", [])}
    return attached | {one["slug"] for entry in communities for one in entry.get("shelf", [])}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The content, with the publications that communities name and without their files."""
    folder = tmp_path_factory.mktemp("demo") / "content"
    shutil.copytree(FOLDER, folder)
    (folder / "titles.csv").unlink()
    named = named_in(read("discussions.yaml"), read("communities.yaml"))
    kept = [entry | {"files": []} for entry in read("publications.yaml") if entry["slug"] in named]
    (folder / "publications.yaml").write_text(yaml.safe_dump(kept, allow_unicode=True))
    sent = [{k: v for k, v in entry.items() if k not in ("pages", "scanned")} for entry in read("review.yaml")]
    (folder / "review.yaml").write_text(yaml.safe_dump(sent, allow_unicode=True))
    return folder


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker, folder):
    with django_db_blocker.unblock(), transaction.atomic():
        load_vocabulary()
        yield loading.load_demo(folder=folder)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_once, db):
    return loaded_once


def account(name):
    return User.objects.get(email=f"{name}@{people.HOST}")


def test_every_reference_of_a_community_leads_somewhere(loaded):
    assert loaded.unknown == []


def test_loading_again_changes_nothing(loaded, folder):
    def state():
        counts = {model.__name__: model.objects.count() for model in (*ROWS, *MORE_ROWS)}
        return counts, list(Community.objects.order_by("pk").values_list("updated_at", "last_activity_at"))

    before = state()
    assert loading.load_demo(folder=folder).loaded["communities"] == 0
    assert state() == before


def test_what_was_written_since_stays(loaded, folder):
    thread = Thread.objects.earliest("pk")
    Thread.objects.filter(pk=thread.pk).update(title="Another title")
    loading.load_demo(folder=folder)
    assert Thread.objects.get(pk=thread.pk).title == "Another title"


def test_counters_of_every_discussion_are_those_of_its_posts(loaded):
    for thread in Thread.objects.filter(is_comments=False).prefetch_related("posts"):
        posts = sorted(thread.posts.all(), key=lambda post: post.number)
        shown = [post for post in posts if post.is_shown]
        assert [post.number for post in posts] == list(range(1, thread.last_number + 1))
        assert thread.reply_count == len([post for post in shown if post.number > 1])
        assert (thread.last_at, thread.last_by_id) == (shown[-1].created_at, shown[-1].author_id)
        assert (thread.state, thread.author_id) == (posts[0].state, posts[0].author_id)
        assert thread.answer is None or thread.answer in shown


def test_posts_follow_each_other_and_answers_are_one_level_deep(loaded):
    for thread in Thread.objects.prefetch_related("posts__reply_to"):
        posts = sorted(thread.posts.all(), key=lambda post: post.number)
        moments = [post.created_at for post in posts]
        assert moments == sorted(moments), thread.title
        answers = [post for post in posts if post.reply_to]
        assert all(post.reply_to.number < post.number and post.reply_to.reply_to_id is None for post in answers)


def test_whoever_wrote_was_in_the_community_by_then(loaded):
    joined = {(row.community_id, row.user_id): row.joined_at for row in Membership.objects.current()}
    for post in Post.objects.select_related("thread"):
        assert joined[post.thread.object_id, post.author_id] < post.created_at


def test_names_and_purposes_are_there_in_three_languages(loaded):
    for community in Community.objects.all():
        for field in ("name", "purpose", "audience"):
            assert all(getattr(community, f"{field}_{code}") for code in LANGUAGES), (community.slug, field)


def test_those_who_ask_to_join_are_asked_in_three_languages(loaded):
    for community in Community.objects.filter(access="request"):
        assert all(getattr(community, f"question_{code}") for code in LANGUAGES)


def test_there_is_a_community_of_every_access_and_activity(loaded):
    public = Community.objects.filter(status="published")
    assert set(public.values_list("access", flat=True)) == {"open", "request", "private"}
    assert {community.activity for community in public} == {"active", "quiet", "archived"}
    assert Community.objects.archived().get().archived_reason


def test_every_community_has_an_administrator_and_those_who_wait_have_answered(loaded):
    for community in Community.objects.filter(status="published"):
        assert community.memberships.current().filter(role="admin").exists()
    waiting = Membership.objects.asked()
    assert waiting.count() == 2
    assert all(row.answer for row in waiting)


def test_accounts_are_what_the_sign_in_page_lets_expect(loaded):
    admins = Membership.objects.admins()
    assert admins.get(user=account("community-admin")).community.slug == "social-protection-for-employment"
    assert admins.get(user=account("other")).community.slug == "filets-sociaux-adaptatifs-au-sahel"
    assert Community.objects.run_by(account("trusted")).get().slug == "proteccion-social-y-ninez-en-america-latina"
    assert Community.objects.of_member(account("member")).count() >= 3
    assert not Membership.objects.filter(user=account("staff")).exists()


def test_a_queue_has_one_of_everything(loaded):
    cases = Case.objects.waiting().decided_by_them(account("community-admin"))
    assert sorted(cases.values_list("subject", flat=True)) == ["appeal", "first", "first", "report", "report"]
    hidden = Post.objects.get(state="hidden")
    assert cases.get(object_id=hidden.pk).reports.count() == 3
    assert hidden.edits.count() == 1
    assert cases.filter(subject="appeal").get().appeal_of.decision == "removed"


def test_somebody_whose_first_post_waits_has_no_standing_yet(loaded):
    for post in Post.objects.filter(state="waiting"):
        assert Standing.objects.get(user=post.author).accepted == 0


def test_standing_is_counted_from_posts(loaded):
    for standing in Standing.objects.all():
        posts = Post.objects.filter(author=standing.user)
        assert standing.accepted == posts.filter(state="shown").count()
        assert standing.removed == posts.filter(state="removed").count()


def test_words_of_the_private_group_stand_nowhere_else(loaded):
    private = Community.objects.get(access="private")
    inside = Post.objects.filter(thread__object_id=private.pk)
    files = PageText.objects.filter(file__community_versions__document__community=private)
    for word in PRIVATE_WORDS:
        assert inside.filter(text__icontains=word).exists() or files.filter(text__icontains=word).exists()
        assert not Post.objects.exclude(pk__in=inside).filter(text__icontains=word).exists()
        assert not PageText.objects.exclude(pk__in=files).filter(text__icontains=word).exists()
        others = [path for path in FOLDER.glob("*.yaml") if path.name not in ("communities.yaml", "discussions.yaml")]
        assert not [path.name for path in others if word in path.read_text().lower()]


def test_a_document_has_two_versions_under_one_address(loaded):
    document = Document.objects.get(versions__number=2)
    files = {version.file.sha256 for version in document.versions.all()}
    assert len(files) == 2


def test_old_addresses_lead_to_the_communities(loaded):
    for entry in read("communities.yaml"):
        for path in entry.get("old_paths", []):
            target = OldAddress.objects.get(path=plain(path)).target
            assert resolve(f"/en{target}").kwargs["slug"] == entry["slug"]


@pytest.mark.parametrize("name", ["communities.yaml", "discussions.yaml"])
def test_the_typography_is_that_of_the_languages(name):
    text = (FOLDER / name).read_text()
    assert re.findall(r"\w'\w", text) == []
    assert re.findall(r"\S [;?!»]|« |[«»]\S* :\s", text) == []


def test_what_came_of_a_webinar_is_there_and_what_is_owed_is_not(loaded):
    webinar = Webinar.objects.get(slug="registers-that-people-can-correct")
    kinds = sorted(webinar.materials.values_list("kind", "language"))
    assert kinds == [("slides", "en")]
    assert list(webinar.recordings.values_list("language", flat=True)) == ["en"]
    missing = {facts.pk: facts.missing() for facts in board.facts_of(Webinar.objects.filter(status="published").past())}
    assert missing.pop(webinar.pk) == {
        "transcript": ["en"],
        "questions": ["en", "es", "fr"],
        "summary": ["en", "fr", "es"],
        "discussion": [""],
    }
    assert set(map(len, missing.values())) == {0}, "those of long ago are complete"
    transcript = Webinar.objects.get(slug="sustainable-livelihood-program-of-the-philippines").materials.get(
        kind="transcript"
    )
    assert transcript.minutes.get(number=4).text.startswith("Moderator: One track")


def test_people_ask_in_webinars_and_some_still_wait(loaded):
    asked = Webinar.objects.get(slug="registers-that-people-can-correct").questions.by_votes()
    assert {question.language for question in asked} == {"en", "fr", "es"}
    assert [question.number for question in asked] == [17, 13, 12, 8, 5, 3]
    answers = [(question.was_answered_live, question.is_answered) for question in asked]
    assert answers == [(True, True), (True, True), (False, True), (False, False), (False, False), (False, False)]
    ahead = Webinar.objects.get(slug="bringing-gender-into-shock-responsive-social-protection")
    assert all(stream.player for stream in ahead.streams.all())
    assert not ahead.questions.filter(asked_at__gt=timezone.now()).exists()
