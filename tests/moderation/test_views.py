"""The queue, the page of a case and the log: what a moderator sees there and does."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation import appeals, deciding, services
from moderation.models import Act, Case, Sanction
from tests import factories

pytestmark = pytest.mark.django_db
QUEUE = "/en/connect/moderation/"


@pytest.fixture
def mona(place, client):
    client.force_login(place.moderator)
    return client


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def page(client, path: str = QUEUE) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return text_of(response)


def decision(case: Case, value: str, reason: str = "", **more) -> dict:
    return {"step": "decide", "turn": case.turn, "decision": value, "reason": reason} | more


# ---------- The queue ----------


def test_the_queue_counts_what_waits_by_tab(place, mona):
    place.waiting()
    place.waiting("A second one.")
    place.reported()
    shown = page(mona)
    for tab, number in (("Everything that waits", 3), ("First posts", 2), ("Reports", 1), ("Appeals", 0)):
        assert f'{tab} <span class="num">{number}</span>' in shown


def test_the_oldest_stands_first_and_what_is_late_says_so(place, mona):
    with time_machine.travel(timezone.now() - timedelta(days=6)):
        old = place.waiting("Written long ago.")
    new = place.waiting("Written today.")
    shown = page(mona)
    assert shown.index(f"case-{old.pk}") < shown.index(f"case-{new.pk}")
    assert shown.count("late</span>") == 1
    assert "the oldest for 6 days" in shown.replace("\N{NO-BREAK SPACE}", " ")


def test_the_queue_says_what_was_checked(place, mona):
    place.waiting("Buy at https://pills.example and www.spam.example")
    shown = page(mona)
    assert "No post accepted yet" in shown
    assert "2 links, to pills.example and www.spam.example" in shown
    assert "Here since" in shown


def test_the_queue_shows_words_and_not_the_marks_they_were_typed_with(place, mona):
    place.waiting("**Grants** for all, see [this](https://pills.example/join).")
    assert "Grants for all, see this (https://pills.example/join)." in page(mona)


def test_their_own_page_says_that_nothing_waits(place, mona):
    assert "Nothing waits for you" in page(mona, "/en/me/")


def test_their_own_page_says_how_many_wait(place, mona):
    place.waiting()
    place.reported()
    shown = page(mona, "/en/me/")
    assert f'<a href="{QUEUE}">2 cases wait for a decision of yours</a>' in shown
    assert "Nothing waits for you" not in shown


def test_a_tab_shows_its_cases_only(place, mona):
    place.waiting("Waits first.")
    place.reported(place.post("Reported words."))
    assert "Waits first." not in page(mona, f"{QUEUE}?tab=reports")
    assert "Reported words." in page(mona, f"{QUEUE}?tab=reports")


def test_the_queue_is_filtered_by_language(place, mona):
    place.waiting("Bonjour à tous.", language="fr")
    place.waiting("Good morning.")
    shown = page(mona, f"{QUEUE}?lang=fr")
    assert "Bonjour à tous." in shown
    assert "Good morning." not in shown


def test_the_queue_is_filtered_by_community(place, mona):
    other = factories.community("Pensions")
    factories.membership(other, place.moderator, role="facilitator")
    place.waiting("In the first.")
    thread = factories.thread(other)
    services.hold(record=factories.post(thread, "In the second.", state="waiting"), by=thread.author)
    assert "In the second." in page(mona)
    shown = page(mona, f"{QUEUE}?scope=community:{other.pk}")
    assert "In the second." in shown
    assert "In the first." not in shown


@pytest.mark.parametrize("name", ["queue", "log"])
def test_another_communitys_queue_and_log_answer_403(name, place, mona):
    other = factories.community()
    path = QUEUE if name == "queue" else f"{QUEUE}log/"
    assert mona.get(f"{path}?scope=community:{other.pk}").status_code == 403
    assert mona.get(f"{path}?scope=community:999999").status_code == 403


def queries_of(ask) -> int:
    ask()  # what is asked once for all, such as types, is not counted
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_a_queue_of_twenty_asks_as_much_as_a_queue_of_one(place, mona):
    place.waiting("One.", author=factories.member("First"))
    one = queries_of(lambda: page(mona))
    for number in range(19):
        place.waiting(f"Number {number}.", author=factories.member(f"Author {number}"))
    assert queries_of(lambda: page(mona)) == one


def test_members_who_moderate_nothing_may_not_enter(place, client):
    client.force_login(place.author)
    assert client.get(QUEUE).status_code == 403


def test_the_header_leads_moderators_to_what_waits(place, mona):
    place.waiting()
    assert f'<a href="{QUEUE}">Review <span class="label label--accent">1</span></a>' in page(mona, "/en/me/")


def test_the_header_says_nothing_of_it_to_members(place, client):
    client.force_login(place.author)
    assert QUEUE not in page(client, "/en/me/")


# ---------- A case ----------


def test_a_case_shows_the_words_in_their_context(place, mona):
    case = place.waiting("Through taxes, says the report.")
    shown = page(mona, case.get_absolute_url())
    assert "Care credits in Kenya" in shown  # the discussion
    assert "How do we count care?" in shown  # what was said before
    assert "Through taxes, says the report." in shown


def test_a_case_names_who_reported_to_moderators(place, mona):
    case = place.reported()
    shown = page(mona, case.get_absolute_url())
    assert "from Reporter 0" in shown
    assert "Look." in shown


def test_a_case_of_another_community_is_not_found(place, client):
    case = place.waiting()
    client.force_login(factories.membership(factories.community(), role="admin").user)
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.post(case.get_absolute_url(), decision(case, "approved")).status_code == 404


def test_a_case_about_oneself_is_not_found(place, client):
    case = place.reported(place.post(author=place.second))
    client.force_login(place.second)
    assert client.get(case.get_absolute_url()).status_code == 404


def test_opening_a_case_by_its_button_tells_the_others(place, mona, client):
    case = place.waiting()
    mona.post(case.get_absolute_url(), {"step": "claim", "turn": case.turn})
    client.force_login(place.second)
    assert "Being handled by Mona since" in page(client)
    assert "Save the decision" not in page(client, case.get_absolute_url())


def test_approving_leads_back_to_the_queue(place, mona):
    case = place.waiting()
    response = mona.post(case.get_absolute_url(), decision(case, "approved"), follow=True)
    assert response.redirect_chain[-1][0] == QUEUE
    assert "Approved. The author is told" in text_of(response)


def test_a_reason_that_is_missing_is_asked_for(place, mona):
    case = place.waiting()
    response = mona.post(case.get_absolute_url(), decision(case, "removed"))
    assert response.status_code == 200
    assert "Say why: the author reads it" in text_of(response)
    case.refresh_from_db()
    assert case.is_waiting


def test_the_second_moderator_is_told_and_keeps_what_was_typed(place, client):
    case = place.waiting()
    deciding.decide(case=case, by=place.moderator, turn=case.turn, decision="approved")
    client.force_login(place.second)
    response = client.post(case.get_absolute_url(), decision(case, "removed", "Three words typed."))
    assert response.status_code == 409
    assert "Mona decided this case at" in text_of(response)
    assert "Three words typed." in text_of(response)


def test_taking_over_is_asked_for_by_name(place, client):
    case = place.waiting()
    deciding.claim(case=case, by=place.moderator)
    client.force_login(place.second)
    assert "Take it over from Mona" in page(client, case.get_absolute_url())
    client.post(case.get_absolute_url(), {"step": "take_over", "turn": case.turn})
    case.refresh_from_db()
    assert case.claimed_by == place.second


def test_a_decision_is_taken_up_again_from_its_page(place, mona):
    case = place.reported()
    deciding.decide(case=case, by=place.second, turn=case.turn, decision="removed", reason="Advertising.")
    assert "Take it up again" in page(mona, case.get_absolute_url())
    response = mona.post(f"{QUEUE}take-up/post/{case.object_id}/", follow=True)
    assert "Show it again" in text_of(response)
    assert "Leave it removed" in text_of(response)


# ---------- Beside a post ----------


def tools(place, post, reader) -> str:
    request = RequestFactory().get("/")
    request.user = reader
    template = Template('{% include "moderation/_tools.html" with kind="post" record=post %}')
    return " ".join(template.render(Context({"request": request, "post": post})).split())


def test_beside_a_post_stand_its_reports_and_the_decision(place):
    post = place.post()
    place.reported(post, 2)
    shown = tools(place, post, place.moderator)
    assert "2 reports" in shown
    assert "from Reporter 1" in shown
    assert "Hide it and ask Amina Diallo to edit" in shown


def test_beside_ones_own_post_stands_no_decision(place):
    post = place.post(author=place.moderator)
    shown = tools(place, post, place.moderator)
    assert "another moderator decides" in shown
    assert "<form" not in shown


def test_the_tools_of_twenty_posts_ask_as_much_as_those_of_one(place):
    posts = [place.post(f"Number {number}") for number in range(20)]
    place.reported(posts[0])

    def asked(number: int) -> int:
        def ask() -> None:
            request = RequestFactory().get("/")
            request.user = place.moderator
            for post in posts[:number]:
                inner = '{% include "moderation/_tools.html" with kind="post" record=post %}'
                Template(inner).render(Context({"request": request, "post": post}))

        return queries_of(ask)

    assert asked(20) == asked(1)


def test_a_post_that_nobody_reported_is_decided_beside_it(place, mona):
    post = place.post()
    data = {"step": "decide", "decision": "removed", "reason": "Advertising.", "stamp": deciding.stamp_of(post, None)}
    response = mona.post(f"{QUEUE}take-up/post/{post.pk}/", data | {"next": place.thread.get_absolute_url()})
    assert response["Location"] == place.thread.get_absolute_url()
    post.refresh_from_db()
    assert (post.state, post.state_reason) == ("removed", "Advertising.")


def test_an_old_form_beside_a_post_is_refused_with_409(place, mona):
    post = place.post()
    stamp = deciding.stamp_of(post, None)
    case = place.reported(post)
    deciding.decide(case=case, by=place.second, turn=case.turn, decision="hidden", reason="Cite a source.")
    data = {"step": "decide", "decision": "removed", "reason": "Typed already.", "stamp": stamp}
    response = mona.post(f"{QUEUE}take-up/post/{post.pk}/", data)
    assert response.status_code == 409
    assert "Typed already." in text_of(response)
    post.refresh_from_db()
    assert post.state == "hidden"


def test_a_decision_does_not_lead_to_another_host(place, mona):
    case = place.waiting()
    response = mona.post(case.get_absolute_url(), decision(case, "approved", next="https://evil.example/"))
    assert response["Location"] == QUEUE


# ---------- The log ----------


def test_the_log_shows_the_chain_and_never_who_reported(place, mona):
    case = place.reported()
    deciding.decide(case=case, by=place.second, turn=case.turn, decision="removed", reason="Advertising.")
    shown = page(mona, f"{QUEUE}log/")
    assert "Reported</b>, by a member" in shown
    assert "Removed</b>, Sven, about Amina Diallo" in shown
    assert "Advertising." in shown
    assert "Reporter 0" not in shown


def test_the_log_says_once_who_wrote_about_themselves(place, mona):
    case = place.reported()
    deciding.decide(case=case, by=place.second, turn=case.turn, decision="hidden", reason="Too sharp.")
    appeals.appeal(case=case, by=place.author, words="I only asked.")
    shown = page(mona, f"{QUEUE}log/")
    assert "Appealed</b>, Amina Diallo, <time" in shown
    place.waiting()
    assert "Held for approval</b>, by rule, about Amina Diallo, <time" in page(mona, f"{QUEUE}log/")


def test_the_log_holds_what_happened_where_they_moderate_only(place, mona):
    other = factories.community()
    thread = factories.thread(other)
    services.hold(record=factories.post(thread, state="waiting"), by=thread.author)
    assert "Held for approval" not in page(mona, f"{QUEUE}log/")
    assert Act.objects.count() == 1


def test_the_log_names_sanctions_in_force_with_the_way_to_lift_them(place, mona):
    sanction = Sanction.objects.create(
        **services.scope_columns(place.community), user=place.author, kind="ban", reason="Threats.", by=place.second
    )
    assert f"{QUEUE}sanctions/{sanction.pk}/lift/" in page(mona, f"{QUEUE}log/")
