"""Who somebody is, and what they may do: docs/roles.md is what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied

from members import permissions
from members.models import User
from members.roles import Role, give_role, load, roles_of, set_roles, take_role
from tests.members.helpers import PASSWORD, member

pytestmark = pytest.mark.django_db


def table() -> tuple[list[str], dict[str, list[bool]]]:
    """Columns and, for each rule, what each of them may."""
    text = (Path(settings.BASE_DIR) / "docs" / "roles.md").read_text()
    lines = text.partition("\n## ")[0].splitlines()  # the second table is of communities
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    head, _rule, *body = rows
    return head[1:], {row[0].split("`")[1]: [cell == "yes" for cell in row[1:]] for row in body}


def somebody(role: str) -> User | AnonymousUser:
    if role == "visitor":
        return AnonymousUser()
    user = member(f"{role}@example.org")
    if role != "member":
        give_role(user=user, role=Role(role), by=None)
    return User.objects.get(pk=user.pk)


ROLES, RULES = table()


def test_the_table_names_every_role_and_every_rule():
    assert ["visitor", "member", *Role.values] == ROLES
    assert set(RULES) == {name for name in vars(permissions) if name.startswith("can_")}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_the_table_says(role):
    person = somebody(role)
    may = {rule: getattr(permissions, rule)(person) for rule in RULES}
    assert may == {rule: row[ROLES.index(role)] for rule, row in RULES.items()}


@pytest.mark.parametrize("role", Role.values)
def test_a_closed_account_may_nothing(role):
    person = somebody(role)
    person.is_active = False
    assert not any(getattr(permissions, rule)(person) for rule in RULES)


@pytest.mark.parametrize("role", Role)
def test_the_flags_of_django_follow_the_role(role):
    user = member()
    give_role(user=user, role=role, by=None)
    user.refresh_from_db()
    assert user.is_staff is (role in (Role.EDITOR, Role.ADMINISTRATOR))
    assert user.is_superuser is (role == Role.ADMINISTRATOR)
    take_role(user=user, role=role, by=None)
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser, roles_of(user)) == (False, False, frozenset())


def test_only_an_administrator_gives_roles():
    editor, boss, other = somebody("editor"), somebody("administrator"), member()
    with pytest.raises(PermissionDenied):
        give_role(user=other, role=Role.TRUSTED, by=editor)
    give_role(user=other, role=Role.TRUSTED, by=boss)
    assert roles_of(User.objects.get(pk=other.pk)) == {Role.TRUSTED}


def test_groups_of_another_kind_stay(db):
    user = member()
    user.groups.add(Group.objects.create(name="choir"))
    set_roles(user=user, roles=[Role.TRUSTED], by=None)
    assert sorted(user.groups.values_list("name", flat=True)) == ["choir", "trusted"]


def test_the_groups_are_there_after_migrating_and_making_them_again_changes_nothing():
    before = sorted(Group.objects.values_list("pk", "name"))
    assert {name for _pk, name in before} >= set(Role.values)
    load()
    assert sorted(Group.objects.values_list("pk", "name")) == before


def test_roles_are_asked_of_the_database_once(django_assert_num_queries):
    user = User.objects.get(pk=somebody("trusted").pk)
    with django_assert_num_queries(1):
        assert permissions.is_trusted(user)
        assert permissions.can_publish_at_once(user)
        assert not permissions.is_translator(user)


def form_of(user: User) -> dict[str, str]:
    return {"display_name": user.display_name, "language": "en", "time_zone": "UTC", "is_active": "on"}


def test_an_administrator_gives_roles_in_the_staffs_pages(client):
    client.force_login(somebody("administrator"))
    user = member()
    answer = client.post(
        f"/en/staff/admin/members/user/{user.pk}/change/", form_of(user) | {"roles": ["trusted", "editor"]}
    )
    assert answer.status_code == 302, answer.context["errors"]
    user = User.objects.get(pk=user.pk)
    assert (roles_of(user), user.is_staff) == ({"trusted", "editor"}, True)


def test_an_editor_gives_none(client):
    client.force_login(somebody("editor"))
    user = member()
    answer = client.post(f"/en/staff/admin/members/user/{user.pk}/change/", form_of(user) | {"roles": ["editor"]})
    assert answer.status_code == 403
    assert not User.objects.get(pk=user.pk).is_staff


def test_the_last_key_is_not_thrown_away(client):
    boss = somebody("administrator")
    client.force_login(boss)
    answer = client.post(f"/en/staff/admin/members/user/{boss.pk}/change/", form_of(boss) | {"roles": []})
    assert answer.status_code == 200
    assert User.objects.get(pk=boss.pk).is_superuser


def test_a_member_made_by_an_administrator_can_sign_in(client):
    client.force_login(somebody("administrator"))
    new = {"email": "new@example.org", "display_name": "New", "usable_password": "true", "roles": ["translator"]}
    answer = client.post("/en/staff/admin/members/user/add/", new | {"password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 302, answer.context["errors"]
    user = User.objects.get(email="new@example.org")
    assert user.emailaddress_set.get().verified
    assert roles_of(user) == {"translator"}


def test_the_operators_administrator_has_the_role():
    boss = User.objects.create_superuser("boss@example.org", PASSWORD, display_name="Boss")
    assert roles_of(boss) == {Role.ADMINISTRATOR}
