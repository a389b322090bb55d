"""Somebody asks for a community; an editor decides; the two who named themselves run it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Community, Invitation, Membership
from content import deciding
from content.models import Case
from members.roles import Role, give_role
from notifications.models import Letter, Notice
from tests import factories
from tests.communities.conftest import REQUEST, path

pytestmark = pytest.mark.django_db
NEW = "/en/connect/communities/new/"


@pytest.fixture
def sent(client, boss, helper):
    client.force_login(boss)
    answer = client.post(NEW, REQUEST)
    assert answer.status_code == 302, answer.context["form"].errors
    return Community.objects.get()


def opened(community: Community, editor) -> Community:
    case = Case.objects.about(community).get()
    deciding.publish(case=case, by=editor, turn=case.turn, note="Good luck.")
    return Community.objects.get(pk=community.pk)


def test_a_visitor_is_led_to_sign_in(client):
    assert client.get(NEW).headers["Location"].startswith("/en/accounts/login/?next=")


def test_a_request_is_kept_as_it_was_written_and_waits(sent, boss):
    assert (sent.name_en, sent.access, sent.languages) == (REQUEST["name"], "open", ["en", "fr"])
    assert (sent.owner, sent.status, sent.slug) == (boss, "in_review", "social-protection-and-disability")
    assert Case.objects.about(sent).get().state == Case.State.WAITING


@pytest.mark.parametrize("role", [Role.TRUSTED, Role.EDITOR, Role.ADMINISTRATOR])
def test_nobody_is_trusted_enough_to_open_one_alone(role, client, boss, helper):
    give_role(user=boss, role=role, by=None)
    client.force_login(boss)
    client.post(NEW, REQUEST)
    community = Community.objects.get()
    assert community.status == "in_review"
    assert Case.objects.about(community).get().subject == Case.Subject.NEW


def test_a_request_in_french_is_french(client, boss, helper):
    client.force_login(boss)
    client.post("/fr/connect/communities/new/", REQUEST | {"language": "fr", "name": "Protection et handicap"})
    community = Community.objects.get()
    assert (community.original_language, community.name_fr, community.name_en) == ("fr", "Protection et handicap", None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"purpose": "x" * 1001}, "purpose"),
        ({"plan": " "}, "plan"),
        ({"languages": []}, "languages"),
        ({"languages": ["klingon"]}, "languages"),
        ({"access": "secret"}, "access"),
        ({"access": "request", "question": ""}, "question"),
        ({"facilitator": ""}, "facilitator"),
        ({"facilitator": "Nobody At All"}, "facilitator"),
        ({"facilitator": "Meera Iyengar"}, "facilitator"),  # oneself
        ({"conduct": ""}, "conduct"),
        ({"topics": ["no-such-topic"]}, "topics"),
        ({"language": "de"}, "language"),
        ({"name": "Nul\0l"}, "name"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(wrong, field, client, boss, helper):
    client.force_login(boss)
    answer = client.post(NEW, REQUEST | wrong)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    page = answer.content.decode()
    assert 'class="error-summary"' in page
    assert "disability assessments cost" in page or field == "purpose"
    assert not Community.objects.exists()


def test_of_several_members_of_one_name_one_is_chosen(client, boss, helper):
    other = factories.profile("Awa Traoré")
    client.force_login(boss)
    answer = client.post(NEW, REQUEST)
    assert list(answer.context["form"].errors) == ["which"]
    client.post(NEW, REQUEST | {"which": other.handle})
    assert Invitation.objects.get().user == other.user


@pytest.mark.parametrize("typed", ["awa-traore", "@awa-traore", "https://here.example/en/connect/members/awa-traore/"])
def test_the_second_person_is_found_by_handle(typed, client, boss, helper):
    client.force_login(boss)
    client.post(NEW, REQUEST | {"facilitator": typed})
    assert Invitation.objects.get().user == helper


def test_whoever_chose_to_be_found_by_nobody_is_not_found(client, boss):
    factories.profile("Awa Traoré", listing="nobody")
    client.force_login(boss)
    assert "facilitator" in client.post(NEW, REQUEST).context["form"].errors


def test_three_that_wait_are_enough(client, boss, helper):
    for _ in range(3):
        factories.community(status="in_review", published_at=None, owner=boss)
    client.force_login(boss)
    assert client.post(NEW, REQUEST).context["form"].non_field_errors()


# ---------- Decided ----------


def test_the_editor_sees_who_what_and_what_is_called_alike(sent, staff, client):
    factories.community("Social protection & disability", access="private")
    client.force_login(staff)
    page = client.get(reverse("review_case", args=[Case.objects.about(sent).get().pk])).content.decode()
    for part in ("Called alike", "Run by Awa Traoré and Meera Iyengar", "Three webinars with notes", "is asked once"):
        assert part in page
    assert "<b>Open community</b>" in page, "what it is, in the queue too"


def test_the_checks_take_as_many_queries_for_twenty_as_for_one(sent, django_assert_max_num_queries):
    from communities import reviewing

    many = [sent, *(factories.community(f"Another {n}", status="in_review", published_at=None) for n in range(20))]
    with django_assert_max_num_queries(6):
        reviewing.checks([sent])
    with django_assert_max_num_queries(6):
        reviewing.checks(many)


def test_once_open_whoever_asked_runs_it(sent, boss, staff):
    community = opened(sent, staff)
    row = Membership.objects.get(community=community, user=boss)
    assert (row.role, row.state, row.conduct_version) == ("admin", "in", "2026-11-26")
    assert community.last_activity_at >= row.joined_at


def test_the_second_person_is_invited_and_no_member_yet(sent, helper, staff, settings):
    community = opened(sent, staff)
    assert not Membership.objects.filter(community=community, user=helper).exists()
    letter = Letter.objects.get(template="communities/invitation")
    assert (letter.user, letter.language) == (helper, "fr")
    assert letter.due_at > timezone.now()  # until the decision can no longer be taken back
    assert letter.context["path"].startswith("/fr/connect/communities/invitations/")


def test_the_second_person_accepts_the_code_and_facilitates(sent, helper, staff, client):
    opened(sent, staff)
    invitation = Invitation.objects.get()
    client.force_login(helper)
    assert client.post(invitation.get_absolute_url(), {}).context["form"].errors
    client.post(invitation.get_absolute_url(), {"conduct": "on"})
    assert Membership.objects.get(user=helper).role == "facilitator"


def test_nobody_is_asked_in_when_the_opening_is_taken_back(sent, staff):
    community = opened(sent, staff)
    case = Case.objects.about(community).get()
    deciding.undo(case=case, by=staff, turn=case.turn)
    assert not Letter.objects.planned().filter(template="communities/invitation").exists()
    assert not Notice.objects.filter(template="communities/invitation").exists()
    community = opened(community, staff)
    assert Letter.objects.planned().filter(template="communities/invitation").count() == 1


def test_a_no_is_told_with_its_reason_and_can_be_answered(sent, boss, staff, client):
    case = Case.objects.about(sent).get()
    deciding.decline(case=case, by=staff, turn=case.turn, reason="There is one for this.")
    letter = Letter.objects.get(template="communities/not_opened")
    assert letter.context["path"] == f"/en/me/communities/{sent.pk}/"
    client.force_login(boss)
    page = client.get(letter.context["path"]).content.decode()
    assert "Not opened" in page
    assert "There is one for this." in page
    client.post(reverse("communities:change", args=[sent.pk]), REQUEST | {"name": "Another name"})
    sent.refresh_from_db()
    assert (sent.name_en, sent.status) == ("Another name", "in_review")


def test_changes_asked_for_are_made_in_the_form_as_it_was(sent, boss, staff, client):
    case = Case.objects.about(sent).get()
    deciding.ask_for_changes(case=case, by=staff, turn=case.turn, note="Who pays?")
    client.force_login(boss)
    form = client.get(reverse("communities:change", args=[sent.pk])).context["form"]
    assert form.initial["plan"] == REQUEST["plan"]
    assert form.initial["facilitator"] == "awa-traore"


def test_what_waits_is_not_changed_behind_the_editors_back(sent, client):
    assert client.get(reverse("communities:change", args=[sent.pk])).status_code == 403


def test_contributions_show_the_request_with_its_state(sent, client):
    page = client.get(reverse("publications:mine")).content.decode()
    assert re.search(r"In review</span>.*?Social protection and disability", page, re.S)


def test_nobody_else_sees_a_request(sent, client, other_member):
    for address in (sent.get_absolute_url(), f"/en/me/communities/{sent.pk}/", path("about", sent)):
        client.force_login(other_member)
        assert client.get(address).status_code == 404, address
        client.logout()
        assert client.get(address).status_code in (302, 404), address


def test_nor_finds_it_among_their_own_contributions(sent, client, other_member):
    client.force_login(other_member)
    assert "Social protection and disability" not in client.get(reverse("publications:mine")).content.decode()


def test_the_owner_looks_at_the_page_and_finds_no_doors_that_lead_nowhere(sent, client):
    page = client.get(sent.get_absolute_url())
    assert page.status_code == 200
    for name in ("members", "edit", "invite", "quiet"):
        assert client.get(path(name, sent)).status_code == 404, name


def test_a_request_is_not_opened_in_the_admin(sent, client, staff):
    client.force_login(staff)
    form = client.get(reverse("admin:communities_community_change", args=[sent.pk])).context["adminform"].form
    assert [value for value, _label in form.fields["status"].choices] == ["in_review"]
