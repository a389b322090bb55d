"""The way into a community: its front, its inside, and its administrators' rooms.

Who may not know of it is told 404. Who may know of it and not enter is led on: to sign in, to join, and then to where
they wanted to go.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode

from communities import permissions
from communities.models import Community, Invitation, Membership

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User

View = Callable[..., HttpResponse]


@dataclass
class Door:
    community: Community
    user: User | AnonymousUser

    @cached_property
    def row(self) -> Membership | None:
        """What they are, or were, in it."""
        return permissions.row_of(self.user, self.community)

    @property
    def membership(self) -> Membership | None:
        """Their row, if they are in it now."""
        is_in = self.community.is_published and self.row is not None and self.row.state == Membership.State.IN
        return self.row if is_in else None

    @property
    def is_inside(self) -> bool:
        """Whether they may read what stands inside."""
        return self.community.is_published and (self.community.is_open or self.membership is not None)

    @property
    def can_write(self) -> bool:
        return permissions.can_write(self.membership, self.community)

    @property
    def can_moderate(self) -> bool:
        return permissions.can_moderate(self.membership)

    @cached_property
    def can_administer(self) -> bool:
        return permissions.can_administer(self.membership) or permissions.can_stand_in(self.user, self.community)

    @property
    def can_archive(self) -> bool:
        return self.community.is_published and permissions.can_archive(self.user, self.membership)

    @cached_property
    def invitation(self) -> Invitation | None:
        """One that waits for this member by name."""
        if not self.user.is_authenticated or self.membership:
            return None
        return Invitation.objects.pending().filter(community=self.community, user=self.user).first()

    @cached_property
    def way_in(self) -> str:
        """What the front offers: inside, archived, sign_in, invited, waits, ask, join, or nothing."""
        if self.membership:
            return "inside"
        if not permissions.takes_people(self.community):
            return "archived" if self.community.is_archived else ""
        if not self.user.is_authenticated:
            return "sign_in"
        if self.invitation:
            return "invited"
        return self._way_to_join()

    def _way_to_join(self) -> str:
        if not permissions.can_join(self.user, self.community, self.row):
            return ""
        if self.row and self.row.state == Membership.State.ASKED:
            return "waits"
        return "ask" if permissions.must_ask(self.community, self.row) else "join"


def front(view: View) -> View:
    """A page about the community: `view(request, door, …)`."""

    @functools.wraps(view)
    def shown(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponse:
        return view(request, door_of(request, slug), *args, **kwargs)

    return shown


def inside(view: View) -> View:
    """A page of what stands inside, for whoever may read there."""

    @functools.wraps(view)
    def shown(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponse:
        door = door_of(request, slug)
        return view(request, door, *args, **kwargs) if door.is_inside else _led_in(request, door)

    return shown


def members_only(view: View) -> View:
    """What members do: write, see who else is here. Below it stands nobody who is not in it."""

    @functools.wraps(view)
    def shown(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponse:
        door = door_of(request, slug)
        return (
            view(request, door, *args, **kwargs) if door.membership or door.can_administer else _led_in(request, door)
        )

    return shown


def administrators_only(view: View) -> View:
    """404 for whoever may not know of the community, 403 for whoever may and is not its administrator."""

    @functools.wraps(view)
    def shown(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        door = door_of(request, slug)
        if not door.community.is_published:
            raise Http404
        if not door.can_administer:
            raise PermissionDenied
        return view(request, door, *args, **kwargs)

    return shown


def door_of(request: HttpRequest, slug: str) -> Door:
    """In one query for who is in it; of everybody else it is asked whether they may know of it."""
    row = permissions.row_at(request.user, slug)
    if row is not None and row.state == Membership.State.IN and row.community.is_published:
        community = row.community
    else:
        community = get_object_or_404(Community.objects.visible_to(request.user), slug=slug)
    door = Door(community, request.user)
    door.row = row
    return door


def _led_in(request: HttpRequest, door: Door) -> HttpResponse:
    if not door.community.is_published:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if door.invitation:
        return redirect(door.invitation)
    if not permissions.can_join(request.user, door.community, door.row):
        raise PermissionDenied
    here = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('communities:join', args=[door.community.slug])}?{here}")
