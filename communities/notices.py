"""What we tell people about communities: who asks, who was let in, what waits for whoever runs one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from communities.models import Community, Invitation, Membership
from content.text import one_line
from content.translations import words
from members.models import User
from notifications import kinds, services
from notifications.kinds import ANY, Kind
from notifications.notices import notify, take_back

if TYPE_CHECKING:
    from django.db.models import QuerySet

MINE, RUN, INVITATION, STAFF = "community", "community_run", "invitation", "community_staff"
Context = Callable[[], dict[str, Any]]  # asked in the language of whoever is told


def register_kinds() -> None:
    kinds.register(
        Kind(MINE, _("My place in a community: invitations, answers, roles"), ANY, position=22),
        Kind(RUN, _("What waits in a community I run"), ANY, position=24),
        Kind(INVITATION, _("Invitations to an address"), on_page=False),
        Kind(STAFF, _("A community has nobody who runs it"), ANY, position=60, for_staff=True),
    )


def admins_of(community: Community) -> QuerySet[User]:
    running = Membership.objects.admins().filter(community=community)
    return User.objects.filter(pk__in=running.order_by().values("user"), is_active=True)


# ---------- Who asked ----------


def tell_asked(row: Membership) -> None:
    _tell(
        RUN,
        f"community-asked:{row.pk}:{_stamp(row.asked_at)}",
        admins_of(row.community),
        "asked",
        row.community,
        lambda: {"person": _name(row.user), "path": reverse("communities:member", args=[row.community.slug, row.pk])},
    )


def tell_accepted(row: Membership) -> None:
    """Their letter leads to the very thing they wanted when they had to ask."""
    _tell_of_decision(row, "accepted", lambda: {"path": wanted_path(row)})


def tell_declined(row: Membership) -> None:
    _tell_of_decision(row, "declined", lambda: {"note": row.reason, "path": row.community.get_absolute_url()})


def tell_removed(row: Membership) -> None:
    _tell_of_decision(row, "removed", lambda: {"note": row.reason, "path": reverse("communities:list")})


def tell_role(row: Membership) -> None:
    _tell_of_decision(row, f"role_{row.role}", lambda: {"path": row.community.get_absolute_url()})


def wanted_path(row: Membership) -> str:
    """Where they were going, in the language of the moment: an address differs by nothing else."""
    front = row.community.get_absolute_url()
    return "/".join(["", front.split("/")[1], *row.wanted.split("/")[2:]]) if row.wanted else front


# ---------- Invitations ----------


def send_invitation(invitation: Invitation, due_at: datetime | None = None) -> None:
    """To a member as they choose to be told; to an address at once, and only this one letter."""
    if invitation.user is not None:
        _tell(
            MINE,
            _occasion(invitation),
            [invitation.user],
            "invitation",
            invitation.community,
            lambda: _invites(invitation),
            due_at=due_at,
        )
        return
    with override(invitation.language):
        context = _invites(invitation) | {"name": _title(invitation.community)}
    services.post(
        occasion=_occasion(invitation),
        to=invitation.address,
        kind=INVITATION,
        template="communities/invitation",
        context=context,
        language=invitation.language,
        due_at=due_at,
    )


def take_back_invitation(invitation: Invitation) -> None:
    take_back(occasion=_occasion(invitation))


def _invites(invitation: Invitation) -> dict[str, Any]:
    return {
        "person": _name(invitation.by),
        "purpose": words(invitation.community, "purpose").text,
        "note": invitation.note,
        "runs": invitation.role != Membership.Role.MEMBER,
        "path": invitation.get_absolute_url(),
    }


def _occasion(invitation: Invitation) -> str:
    return f"community-invitation:{invitation.pk}:{_stamp(invitation.at)}"


# ---------- Whoever runs it ----------


def ask_whether_it_goes_on(community: Community) -> None:
    _tell(
        RUN,
        f"community-quiet:{community.pk}:{_stamp(community.asked_at)}",
        admins_of(community),
        "quiet",
        community,
        lambda: {"path": reverse("communities:quiet", args=[community.slug])},
    )


def tell_editors_nobody_runs(community: Community, since: datetime) -> None:
    _tell(
        STAFF,
        f"community-without-admin:{community.pk}:{_stamp(since)}",
        User.objects.filter(is_staff=True, is_active=True),
        "without_admin",
        community,
        lambda: {"path": reverse("communities:members", args=[community.slug])},
    )


# ---------- What they share ----------


def _tell_of_decision(row: Membership, template: str, context: Context) -> None:
    occasion = f"community-membership:{row.pk}:{_stamp(row.decided_at)}"
    _tell(MINE, occasion, [row.user], template, row.community, context)


def _tell(
    kind: str,
    occasion: str,
    recipients: Iterable[User],
    template: str,
    community: Community,
    context: Context,
    *,
    due_at: datetime | None = None,
) -> None:
    """Each in their language: paths and the community's name are made in it."""
    for user in recipients:
        with override(user.language):
            notify(
                kind=kind,
                occasion=occasion,
                recipients=[user],
                template=f"communities/{template}",
                context={"name": _title(community)} | context(),
                about=community,
                due_at=due_at,
            )


def _title(community: Community) -> str:
    return one_line(words(community, "name").cut(160).text)


def _name(user: User | None) -> str:
    return one_line(str(user.get_full_name())) if user else str(_("A former member"))


def _stamp(moment: datetime | None) -> str:
    return moment.strftime("%Y%m%d%H%M%S%f") if moment else ""
