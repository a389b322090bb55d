"""The audit trail: what it keeps, whose doing it says it was, and what it brings back."""

from __future__ import annotations

import pytest
from auditlog.models import LogEntry
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse

from content import deciding, services, trail
from content.models import OldAddress
from members.models import User
from publications.models import Publication
from publications.services import save_publication
from tests import factories
from tests.content.conftest import sent_in

pytestmark = pytest.mark.django_db


def last(record) -> LogEntry:
    return LogEntry.objects.get_for_object(record).latest("pk")


def test_a_withdrawal_stands_there_with_before_and_after(staff):
    record = factories.publication()
    services.withdraw(record=record, by=staff, reason="An error in table 2")
    entry = last(record)
    assert entry.actor == staff
    assert entry.changes["status"] == ["published", "withdrawn"]
    assert entry.changes["withdrawal_reason"] == ["", "An error in table 2"]


def test_an_edit_says_which_words_became_which(staff):
    record = factories.publication("Before")
    record.title_en = "After"
    save_publication(publication=record, by=staff)
    assert last(record).changes == {"title_en": ["Before", "After"]}


def test_a_deletion_stays_when_the_record_is_gone():
    record = factories.publication("To be deleted")
    pk = record.pk
    record.delete()
    entry = LogEntry.objects.get(object_id=pk, action=LogEntry.Action.DELETE)
    assert entry.changes["title_en"][0] == "To be deleted"


def test_a_decision_is_the_editors_doing_though_the_member_sent_it(member, editor):
    case = sent_in(member)
    deciding.publish(case=case, by=editor, turn=case.turn)
    record = Publication.objects.get(pk=case.object_id)
    assert (last(record).actor, last(record).changes["status"]) == (editor, ["in_review", "published"])


def test_who_was_there_before_a_service_is_there_after_it(client, staff, monkeypatch, member):
    """A request's person is not forgotten once a service said who acts."""
    record = factories.publication()
    from auditlog.context import set_actor

    with set_actor(staff):
        services.withdraw(record=record, by=member, reason="Wrong")
        record.title_en = "Afterwards"
        record.save()
    assert last(record).actor == staff


def test_counters_leave_no_trace():
    record = factories.publication()
    before = LogEntry.objects.count()
    record.view_count += 1
    record.save(update_fields=["view_count"])
    assert LogEntry.objects.count() == before


def test_terms_added_to_a_record_are_named():
    record = factories.publication()
    other = factories.publication("Its companion")
    record.related.add(other)
    assert last(record).changes["related"]["objects"] == ["Its companion"]


def test_of_members_only_what_they_may_do_is_kept(member):
    member.display_name, member.is_staff = "Another name", True
    member.save()
    assert last(member).changes == {"is_staff": [False, True]}
    member.groups.add(Group.objects.get_or_create(name="trusted")[0])
    assert last(member).changes["groups"]["objects"] == ["trusted"]


def test_what_a_request_changes_is_the_doing_of_who_sent_it(client, staff):
    """Also where no service says who acts, as in the admin."""
    client.force_login(staff)
    path = reverse("admin:content_oldaddress_add")
    client.post(path, {"path": "/former", "target": "/about/", "hits": 0})
    assert last(OldAddress.objects.get(path="/former")).actor == staff


def test_no_address_of_a_computer_is_kept(client, staff):
    client.force_login(staff)
    record = factories.organisation()
    services.withdraw(record=record, by=staff, reason="Twice here")
    assert last(record).remote_addr is None


def test_only_administrators_read_who_was_given_what(member, editor, staff):
    member.is_active = False
    member.save()
    assert not trail.entries(editor).filter(object_id=member.pk, content_type__model="user").exists()
    assert trail.entries(staff).filter(object_id=member.pk, content_type__model="user").exists()


# ---------- Bringing back ----------


def test_a_text_is_brought_back_and_the_trail_keeps_that_too(staff):
    record = factories.publication("Before")
    record.title_en = "After"
    save_publication(publication=record, by=staff)
    trail.restore(entry=last(record), field="title_en", by=staff)
    record.refresh_from_db()
    assert record.title_en == "Before"
    assert record.title_keys.get().key == "before"
    assert last(record).changes == {"title_en": ["After", "Before"]}


def test_a_fact_is_brought_back(staff):
    record, former = factories.publication(year=2019), factories.licence("former")
    Publication.objects.filter(pk=record.pk).update(licence=former)
    record.refresh_from_db()
    record.licence, record.year = factories.licence("later"), None
    save_publication(publication=record, by=staff)
    entry = last(record)
    for field in ("licence", "year"):
        trail.restore(entry=entry, field=field, by=staff)
    record.refresh_from_db()
    assert (record.licence, record.year) == (former, 2019)


def test_a_withdrawn_record_is_published_again(staff):
    record = factories.organisation()
    services.withdraw(record=record, by=staff, reason="Twice here")
    trail.restore(entry=last(record), field="status", by=staff)
    record.refresh_from_db()
    assert (record.status, record.withdrawal_reason) == ("published", "")


def test_what_points_at_something_deleted_is_not_brought_back(staff):
    record, former = factories.publication(), factories.licence("former")
    Publication.objects.filter(pk=record.pk).update(licence=former)
    record.refresh_from_db()
    record.licence = factories.licence("later")
    save_publication(publication=record, by=staff)
    entry = last(record)
    former.delete()
    with pytest.raises(ValidationError):
        trail.restore(entry=entry, field="licence", by=staff)


@pytest.mark.parametrize("field", ["owner", "slug", "published_at", "nothing", "related"])
def test_some_things_are_not_brought_back(field, staff):
    record = factories.publication()
    services.withdraw(record=record, by=staff, reason="Wrong")
    with pytest.raises(ValueError, match="not brought back"):
        trail.restore(entry=last(record), field=field, by=staff)


def test_roles_are_given_by_administrators_and_not_brought_back(staff, member):
    member.is_staff = True
    member.save()
    assert not trail.can_restore(last(member), "is_staff")
    assert User.objects.get(pk=member.pk).is_staff
