"""What is edited, what ends, what is counted, and what goes with an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from communities import inviting, numbers, services
from communities.models import Community, Invitation, Membership
from content.models import TranslationState
from members import erasure
from notifications.models import Notice
from stakeholders.models import OrganisationName
from taxonomy.models import Topic
from tests import factories
from tests.communities.conftest import path

pytestmark = pytest.mark.django_db
SETTINGS = {"access": "open", "languages": ["en", "fr"], "organisations": ""}


# ---------- Edited ----------


def test_the_same_community_has_a_name_and_a_purpose_in_each_language(client, community, boss):
    client.force_login(boss)
    client.post(path("texts", community, "fr"), {"name": "Argent et soin", "purpose": "Où ils se rencontrent."})
    client.logout()
    english = client.get(community.get_absolute_url()).content.decode()
    french = client.get(community.get_absolute_url().replace("/en/", "/fr/")).content.decode()
    assert "Cash and care" in english
    assert "Argent et soin" in french
    assert TranslationState.objects.filter(language="fr", field="name", origin="human").exists()


def test_a_translation_is_outdated_once_the_original_changes(client, community, boss):
    client.force_login(boss)
    client.post(path("texts", community, "fr"), {"name": "Argent et soin", "purpose": ""})
    client.post(path("texts", community, "en"), {"name": "Cash, care and time", "purpose": "Where they meet."})
    assert TranslationState.objects.get(language="fr", field="name").outdated_since


def test_the_original_keeps_a_name(client, community, boss):
    client.force_login(boss)
    answer = client.post(path("texts", community, "en"), {"name": " ", "purpose": "Where they meet."})
    assert answer.context["form"].errors["name"]
    assert client.get(path("texts", community, "de")).status_code == 404


def test_what_is_written_about_it_is_made_safe(client, community, boss):
    client.force_login(boss)
    about = "**Bold** <script>alert(1)</script> [here](javascript:alert(1))"
    client.post(path("texts", community, "en"), {"name": "N", "purpose": "P", "about": about})
    page = client.get(path("about", community)).content.decode()
    assert "<strong>Bold</strong>" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_settings_are_saved(client, community, boss):
    Topic.objects.add_root(instance=Topic(slug="care", label_en="Care"))
    organisation = factories.organisation("International Labour Organization", acronym_en="ILO")
    other = factories.organisation("World Bank")
    OrganisationName.objects.create(organisation=other, text="Banque mondiale")
    client.force_login(boss)
    sent = SETTINGS | {"access": "request", "topics": ["care"], "organisations": "ilo\nBanque mondiale"}
    assert client.post(path("edit", community), sent).status_code == 302
    community.refresh_from_db()
    assert (community.access, community.languages) == ("request", ["en", "fr"])
    assert [topic.slug for topic in community.topics.all()] == ["care"]
    assert set(community.organisations.all()) == {organisation, other}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"access": "x"}, "access"), ({"languages": []}, "languages"), ({"organisations": "Nobody Ltd"}, "organisations")],
)
def test_settings_that_cannot_be_are_refused(wrong, field, client, community, boss):
    client.force_login(boss)
    assert field in client.post(path("edit", community), SETTINGS | wrong).context["form"].errors


def test_an_organisation_that_is_not_public_does_not_organise_it(client, community, boss):
    factories.organisation("Not yet public", status="draft", published_at=None)
    client.force_login(boss)
    answer = client.post(path("edit", community), SETTINGS | {"organisations": "Not yet public"})
    assert list(answer.context["form"].errors) == ["organisations"]


def test_tabs_count_the_discussions_that_are_shown(community):
    for state in ("shown", "hidden"):
        factories.post(factories.thread(community), state=state)
    assert numbers.numbers(community).discussions == 1


def test_to_hide_it_is_asked_twice(client, community, boss):
    client.force_login(boss)
    answer = client.post(path("edit", community), SETTINGS | {"access": "private"})
    assert "It leaves the list, the search and all feeds" in answer.content.decode()
    assert Community.objects.get().access == "open"
    client.post(path("edit", community), SETTINGS | {"access": "private", "sure": "on"})
    assert Community.objects.get().access == "private"


# ---------- Its end ----------


def test_archived_with_a_reason_it_is_read_only_and_logged(client, community, boss):
    client.force_login(boss)
    assert client.post(path("archive", community), {"reason": " "}).context["form"].errors
    client.post(path("archive", community), {"reason": "The project is over."})
    page = client.get(community.get_absolute_url()).content.decode()
    assert "The project is over." in page
    assert client.get(path("edit", community)).status_code == 403
    with pytest.raises(inviting.Closed):
        inviting.invite(community=community, by=boss, address="a@b.example", language="en")
    entry = LogEntry.objects.get_for_object(community).first()
    assert (entry.actor, entry.changes_dict["archived_reason"][1]) == (boss, "The project is over.")


def test_it_is_opened_again_as_active_and_logged(client, make, staff):
    old = timezone.now() - timedelta(days=200)
    community = make(archived_at=old, archived_reason="Over.", last_activity_at=old)
    client.force_login(staff)
    client.post(path("unarchive", community))
    community.refresh_from_db()
    assert (community.activity, community.archived_reason) == ("active", "")
    assert LogEntry.objects.get_for_object(community).first().actor == staff


@pytest.mark.parametrize("name", ["archive", "unarchive"])
def test_members_end_nothing(name, client, community, member):
    factories.membership(community, member, role="facilitator")
    client.force_login(member)
    assert client.post(path(name, community), {"reason": "Because."}).status_code == 403
    assert not Community.objects.get().archived_at


def test_it_goes_on_if_one_of_its_administrators_says_so(client, make, boss):
    community = make(last_activity_at=timezone.now() - timedelta(days=100), asked_at=timezone.now())
    client.force_login(boss)
    assert client.get(path("quiet", community)).status_code == 200
    client.post(path("quiet", community))
    community.refresh_from_db()
    assert (community.activity, community.asked_at) == ("active", None)


def test_the_report_counts_by_the_rule_that_pages_show(db):
    old, now = timezone.now() - timedelta(days=100), timezone.now()
    factories.community(access="private")
    factories.community(last_activity_at=old)
    factories.community(archived_at=now, archived_reason="Over.")
    gone = {"withdrawn_at": now, "withdrawal_reason": "Wrong."}
    factories.community(status="withdrawn", **gone)
    factories.community(status="withdrawn", archived_at=now, archived_reason="Over.", **gone)  # ended once
    factories.community(status="withdrawn", published_at=None, **gone)  # never opened
    factories.community(status="in_review", published_at=None)
    assert services.figures() == services.Figures(total=5, published=2, discontinued=3, active=1)
    shown = [one.activity for one in Community.objects.filter(status="published")]
    assert shown.count("active") == services.figures().active


# ---------- What is held about people ----------


def held(key: str):
    return next(one for one in erasure.all_holdings() if one.key == key)


def test_a_member_takes_along_where_they_are_and_were(community, member):
    factories.membership(community, member, answer="Pensions.")
    (row,) = held("memberships").export(member)
    assert (row["state"], row["answer"], row["conduct_version"]) == ("in", "Pensions.", "1")


def test_with_the_account_go_memberships_and_invitations(community, member, boss):
    factories.membership(community, member)
    inviting.invite(community=community, by=boss, address=member.email.upper(), language="en")
    Invitation.objects.create(community=community, address="x@y.example", language="en", by=member, note="My words.")
    assert len(list(held("invitations").export(member))) == 2
    erasure.erase(user=member)
    assert not Membership.objects.filter(user=member).exists()
    left = Invitation.objects.get()
    assert (left.address, left.by, left.note) == ("x@y.example", None, "")


def test_a_request_goes_and_an_open_community_stays(boss, make):
    community = make()
    waiting = factories.community("Waits", status="in_review", published_at=None, owner=boss)
    erasure.erase(user=boss)
    assert Community.objects.filter(pk=community.pk).exists()
    assert not Community.objects.filter(pk=waiting.pk).exists()


def test_editors_hear_that_nobody_runs_it_any_more(client, community, boss, staff):
    erasure.erase(user=boss)
    notice = Notice.objects.get(user=staff, template="communities/without_admin")
    assert notice.context["path"] == path("members", community)
    client.force_login(staff)
    assert client.get(notice.context["path"]).status_code == 200


def test_editors_hear_nothing_while_somebody_else_runs_it(community, boss, staff):
    factories.membership(community, role="admin")
    erasure.erase(user=boss)
    assert not Notice.objects.filter(user=staff).exists()
