"""What moderators do with a discussion, and who marks the answer."""

import pytest
from django.contrib.contenttypes.models import ContentType

from discussions import services, tools
from discussions.models import Thread, Unsent
from discussions.services import Typed
from moderation.models import Act, Case
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(thread, writer):
    return services.write_post(by=writer, thread=thread, typed=Typed("The fund does.", "en"))


def fresh(thread):
    return Thread.objects.get(pk=thread.pk)


class TestAnswer:
    def test_whoever_asked_and_moderators_mark_it(self, send, thread, answer, asker, facilitator):
        for by in (asker, facilitator):
            Thread.objects.update(answer=None)
            send(by, f"{thread.get_absolute_url()}answer/", post=answer.pk)
            assert fresh(thread).answer == answer

    def test_others_do_not(self, send, thread, answer, writer):
        assert send(writer, f"{thread.get_absolute_url()}answer/", post=answer.pk).status_code == 403
        assert fresh(thread).answer is None

    def test_the_mark_is_taken_away(self, send, thread, answer, asker):
        tools.mark_answer(by=asker, thread=thread, post=answer)
        send(asker, f"{thread.get_absolute_url()}answer/")
        assert fresh(thread).answer is None

    @pytest.mark.parametrize("key", ["question", "other", "hidden", "nonsense"])
    def test_what_can_be_no_answer_is_not_found(self, send, thread, question, answer, asker, community, key):
        other = factories.post(factories.thread(community, "Other", author=asker))
        hidden = factories.post(fresh(thread), author=asker, state="hidden")
        keys = {"question": question.pk, "other": other.pk, "hidden": hidden.pk, "nonsense": "x"}
        assert send(asker, f"{thread.get_absolute_url()}answer/", post=keys[key]).status_code == 404

    def test_only_a_question_has_one(self, send, thread, answer, asker):
        Thread.objects.update(kind="news")
        assert send(asker, f"{thread.get_absolute_url()}answer/", post=answer.pk).status_code == 403


class TestModerators:
    def test_they_pin_and_unpin(self, send, thread, facilitator):
        send(facilitator, f"{thread.get_absolute_url()}pin/")
        assert fresh(thread).is_pinned
        send(facilitator, f"{thread.get_absolute_url()}pin/", off="1")
        assert not fresh(thread).is_pinned

    def test_they_close_with_a_reason_that_everybody_reads(self, client, send, thread, facilitator):
        send(facilitator, f"{thread.get_absolute_url()}close/", reason="It was answered.")
        client.logout()
        assert b"It was answered." in client.get(thread.get_absolute_url()).content

    def test_without_a_reason_nothing_is_closed(self, send, thread, facilitator):
        response = send(facilitator, f"{thread.get_absolute_url()}close/", reason=" ")
        assert b"Give a reason" in response.content
        assert not fresh(thread).is_locked

    def test_they_reopen(self, send, thread, facilitator):
        tools.lock(by=facilitator, thread=thread, reason="x")
        send(facilitator, f"{thread.get_absolute_url()}reopen/")
        assert not fresh(thread).is_locked

    def test_they_change_title_and_kind_and_the_former_address_leads_on(self, client, send, thread, facilitator):
        before = thread.get_absolute_url()
        send(facilitator, f"{before}title/", title="Better said", kind="news")
        assert (fresh(thread).title, fresh(thread).kind) == ("Better said", "news")
        assert client.get(before)["Location"] == fresh(thread).get_absolute_url()

    @pytest.mark.parametrize("tool", ["pin", "close", "reopen", "title", "move"])
    def test_others_do_nothing_of_it(self, send, thread, writer, closed, tool):
        fields = {"reason": "x", "title": "x", "kind": "news", "place": f"community-{closed.pk}"}
        assert send(writer, f"{thread.get_absolute_url()}{tool}/", **fields).status_code == 403
        now = fresh(thread)
        assert (now.is_pinned, now.is_locked, now.title, now.record) == (False, False, thread.title, thread.record)


def test_what_they_do_stands_in_the_log(thread, asker, facilitator, closed):
    factories.membership(closed, facilitator, role="facilitator")
    here, title = thread.record, thread.title
    tools.lock(by=facilitator, thread=thread, reason="It was answered.")
    tools.reopen(by=facilitator, thread=thread)
    tools.retitle(by=facilitator, thread=thread, title="Better said", kind="question")
    tools.move(by=facilitator, thread=thread, place=closed)
    lines = Act.objects.order_by("pk")
    assert [(act.verb, act.scope, act.whom, act.reason) for act in lines] == [
        ("closed", here, asker, f"{title}: It was answered."),
        ("reopened", here, asker, title),
        ("renamed", here, asker, f"Better said: {title}"),
        ("moved", here, asker, "Better said"),
        ("moved", closed, None, "Better said"),  # whoever asked may not know of the place
    ]
    assert {act.by for act in lines} == {facilitator}


class TestMoving:
    @pytest.fixture
    def theirs(self, closed, facilitator):
        factories.membership(closed, facilitator, role="facilitator")
        return closed

    def move(self, send, by, thread, place):
        return send(by, f"{thread.get_absolute_url()}move/", place=f"community-{place.pk}")

    def test_it_goes_where_they_moderate_and_its_address_leads_on(self, enter, send, thread, facilitator, theirs):
        before = thread.get_absolute_url()
        self.move(send, facilitator, thread, theirs)
        assert fresh(thread).record == theirs
        assert enter(facilitator).get(before)["Location"] == fresh(thread).get_absolute_url()

    def test_nobody_follows_it_through_a_door_that_is_shut_for_them(self, client, send, thread, facilitator, theirs):
        before = thread.get_absolute_url()
        self.move(send, facilitator, thread, theirs)
        client.logout()
        assert client.get(before).status_code == 404

    def test_not_where_they_do_not(self, send, thread, facilitator, closed):
        assert self.move(send, facilitator, thread, closed).status_code == 404
        with pytest.raises(PermissionError):
            tools.move(by=facilitator, thread=thread, place=closed)

    def test_what_waits_for_a_decision_waits_there(self, thread, newcomer, facilitator, theirs):
        services.write_post(by=newcomer, thread=thread, typed=Typed("First.", "en"))
        thread = fresh(thread)
        tools.move(by=facilitator, thread=thread, place=theirs)
        assert Case.objects.get().scope == theirs

    def test_what_others_are_typing_goes_along(self, send, thread, writer, facilitator, theirs):
        send(writer, f"{thread.get_absolute_url()}reply/", preview="1")
        tools.move(by=facilitator, thread=thread, place=theirs)
        assert Unsent.objects.get().object_id == theirs.pk
        assert Unsent.objects.get().content_type == ContentType.objects.get_for_model(theirs)
