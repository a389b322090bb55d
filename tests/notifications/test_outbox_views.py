from __future__ import annotations

import pytest
from django.urls import reverse

from notifications import services, trust
from notifications.models import Letter

pytestmark = pytest.mark.django_db
OUTBOX = "/en/staff/outbox/"


@pytest.fixture
def team(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def editor(client, staff):
    staff.is_superuser = False
    staff.save()
    client.force_login(staff)
    return client


def shown(response) -> list[str]:
    return [letter.address for letter in response.context["letters"]]


def test_letters_are_found_by_address_occasion_kind_and_state(team, make_letter):
    letter = make_letter(state="sent", kind="review")
    make_letter()
    for query in (f"q={letter.address.upper()}", f"q={letter.occasion}", "kind=review", "state=sent"):
        assert shown(team.get(f"{OUTBOX}?{query}")) == [letter.address], query


def test_the_book_of_an_occasion_tells_what_became_of_each_address(team, make_letter):
    make_letter(occasion="issue:1", state="sent"), make_letter(occasion="issue:1", state="skipped", reason="inactive")
    page = team.get(f"{OUTBOX}?q=issue:1").content.decode()
    assert "The account is closed" in page
    assert "What became of “issue:1”" in page


@pytest.mark.parametrize("number", [1, 20, 120])
def test_the_list_asks_as_much_of_the_database_however_long_it_is(team, make_letter, django_assert_num_queries, number):
    for _ in range(number):
        make_letter()
    # Session, member, letters, counts, suspended addresses, whether letters are late; three of the header.
    with django_assert_num_queries(10):
        team.get(OUTBOX)


def test_older_letters_are_a_page_away(team, make_letter):
    made = [make_letter().address for _ in range(51)]
    first = team.get(OUTBOX)
    older = team.get(f"{OUTBOX}{first.context['older_url']}")
    assert shown(older) == made[:1]


@pytest.mark.parametrize("query", ["before=x", "before=99999999999999999999", "state=none", "q=%00", "kind=%00%27"])
def test_what_makes_no_sense_breaks_nothing(team, query):
    assert team.get(f"{OUTBOX}?{query}").status_code == 200
    assert team.get(f"{reverse('notifications:suspended')}?{query}").status_code == 200


def test_a_letter_is_shown_as_its_reader_reads_it(team, make_letter):
    letter = make_letter(context={"path": "/en/here/"})
    page = team.get(letter.get_absolute_url()).content.decode()
    assert "http://localhost:8000/en/here/" in page


def test_its_html_is_shut_off_from_the_portal(team, make_letter):
    response = team.get(reverse("notifications:letter_html", args=[make_letter().pk]))
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "script-src" not in response["Content-Security-Policy"]


def test_editors_see_that_a_code_was_sent_and_not_the_code(editor, make_letter):
    letter = make_letter(kind="account", context={"path": "/secret/"})
    page = editor.get(letter.get_absolute_url()).content.decode()
    assert "/secret/" not in page
    assert "Codes open accounts" in page
    assert editor.get(reverse("notifications:letter_html", args=[letter.pk])).status_code == 403


def test_an_unknown_letter_is_sent_again_by_a_button(editor, make_letter, staff):
    letter = make_letter(state="unknown")
    assert "Send again" in editor.get(letter.get_absolute_url()).content.decode()
    editor.post(reverse("notifications:send_again", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.state == "planned"
    assert str(staff) in editor.get(letter.get_absolute_url()).content.decode()


def test_a_letter_that_arrived_is_not_sent_again(editor, make_letter):
    letter = make_letter(state="sent")
    assert "Send again" not in editor.get(letter.get_absolute_url()).content.decode()
    editor.post(reverse("notifications:send_again", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_a_suspension_is_lifted_by_a_button(editor):
    services.suspend(address="gone@letters.example", reason="hard", detail="550 no such user")
    page = editor.get("/en/staff/outbox/suspended/")
    assert "550 no such user" in page.content.decode()
    editor.post(reverse("notifications:lift", args=[page.context["rows"].rows[0].pk]))
    assert not services.suspended(["gone@letters.example"])


# ---------- A member whose letters came back ----------


def test_a_member_whose_address_is_suspended_is_told_at_sign_in(client, member):
    services.suspend(address=member.email, reason="hard")
    client.force_login(member)
    assert "Our letters do not reach you." in client.get("/en/").content.decode()


def test_nobody_else_is_told(client, member):
    client.force_login(member)
    assert "Our letters do not reach you." not in client.get("/en/").content.decode()


def test_the_link_in_a_letter_to_the_address_lifts_the_suspension(client, member):
    services.suspend(address=member.email, reason="hard", detail="550 no such user")
    client.force_login(member)
    assert "550 no such user" in client.get("/en/me/address/").content.decode()
    client.post("/en/me/address/"), client.post("/en/me/address/")
    path = Letter.objects.get().context["path"]
    client.get(path)
    assert services.suspended([member.email])  # looking changes nothing
    client.post(path)
    assert not services.suspended([member.email])
    assert "Our letters do not reach you." not in client.get("/en/").content.decode()


def test_a_link_sent_to_another_address_lifts_nothing(client, member):
    services.suspend(address=member.email, reason="hard")
    trust.ask(user=member)
    member.email = "new@letters.example"
    member.save()
    client.force_login(member)
    assert client.post(Letter.objects.get().context["path"]).status_code == 404
