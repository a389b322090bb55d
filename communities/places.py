"""What discussions and moderation ask of a community."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities import inviting, numbers, permissions
from communities.models import Community, Membership
from content import caching
from content.translations import words
from discussions import places
from members.models import User
from moderation import registry
from people.models import Block, Profile
from search import services as search

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from discussions.models import Thread

KEY = "community"
State = Membership.State


def may_write(user: User | AnonymousUser, community: Community) -> bool:
    return permissions.can_write(permissions.membership_of(user, community), community)


def path_of_thread(thread: Thread) -> str:
    """Asked for many threads of one community: its slug is read once, with the thread's place."""
    return reverse("communities:thread", args=[thread.record.slug, thread.address])


def readers(community: Community) -> models.QuerySet[User]:
    inside = Membership.objects.current().filter(community=community).order_by().values("user")
    return User.objects.filter(pk__in=inside, is_active=True)


def moderators(community: Community) -> models.QuerySet[User]:
    running = Membership.objects.current().filter(community=community, role__in=["admin", "facilitator"])
    return User.objects.filter(pk__in=running.order_by().values("user"), is_active=True)


def touched(community: Community) -> None:
    """Something happened there. It is asked with every post: search hears of it only where it wakes a quiet one."""
    moved = {"last_activity_at": timezone.now(), "asked_at": None}
    row = Community.objects.filter(pk=community.pk)
    if row.active().update(**moved):
        caching.bump(numbers.LIFE)
    elif row.update(**moved):
        search.note_changes(KEY, [community.pk])
        caching.bump(numbers.KIND, numbers.LIFE)


def find_people(community: Community, handles: Collection[str]) -> dict[str, User]:
    found = Profile.objects.filter(handle__in=handles, user__in=readers(community)).select_related("user")
    return {profile.handle: profile.user for profile in found}


def pages_of(people: places.People, reader: User | AnonymousUser) -> places.PagesOf:
    """In one query, however many a page names."""
    named = models.Q(user__in=people.users) | models.Q(handle__in=people.handles)
    found = list(Profile.objects.visible_to(reader).filter(named).only("user_id", "handle"))
    return places.PagesOf(
        users={profile.user_id: profile.get_absolute_url() for profile in found},
        handles={profile.handle: profile.get_absolute_url() for profile in found},
    )


def apart(people: Collection[int]) -> set[tuple[int, int]]:
    """Who blocked one of them and whom they blocked, whichever way."""
    blocks = Block.objects.filter(models.Q(blocker__in=people) | models.Q(blocked__in=people))
    return {pair for one, other in blocks.values_list("blocker", "blocked") for pair in ((one, other), (other, one))}


def shut_out(*, scope: Community, user: User, by: User) -> None:
    """A banned member is a stranger at once, and cannot ask to come back."""
    banned = {"state": State.BANNED, "role": Membership.Role.MEMBER, "decided_by": by, "decided_at": timezone.now()}
    Membership.objects.update_or_create(community=scope, user=user, defaults=banned)
    inviting.withdraw_from(community=scope, user=user)
    caching.bump(numbers.LIFE, numbers.RUN)


def let_in(*, scope: Community, user: User, by: User) -> None:
    """They may join again, as anybody may."""
    Membership.objects.filter(community=scope, user=user, state=State.BANNED).update(
        state=State.LEFT, decided_by=by, decided_at=timezone.now()
    )


def name_of(community: Community) -> str:
    return words(community, "name").text


def sign_up() -> None:
    places.register(
        places.Place(
            key=KEY,
            model=Community,
            read_by=Community.objects.open_to,
            run_by=Community.objects.run_by,
            may_write=may_write,
            path_of=lambda community: reverse("communities:detail", args=[community.slug]),
            path_of_thread=path_of_thread,
            name_of=name_of,
            readers=readers,
            touched=touched,
            find_people=find_people,
            pages_of=pages_of,
            apart=apart,
        )
    )
    registry.register_scope(
        registry.Scope(
            key=KEY,
            label=_("Community"),
            model=Community,
            run_by=Community.objects.run_by,
            moderators=moderators,
            name_of=name_of,
            url_of=lambda community: community.get_absolute_url(),
            shut_out=shut_out,
            let_in=let_in,
            kinds=(numbers.KIND, numbers.RUN),
        )
    )
