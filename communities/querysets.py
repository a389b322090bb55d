"""Reads on communities and who is in them.

`visible_to` is about the front of a community: that it exists, what it is for. `open_to` is about what stands inside:
discussions, documents. A private community has a front for its members alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from dateutil.relativedelta import relativedelta
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from content import registry
from content.querysets import EntryQuerySet
from moderation.models import Sanction

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from communities.models import Community
    from members.models import User


def quiet_since() -> datetime:
    """A community in which nothing was written since then is quiet: three months."""
    return timezone.now() - relativedelta(months=3)


class CommunityQuerySet(EntryQuerySet):
    def _rows(self, relation: str) -> Any:
        """Of another model, which stands in models.py, which reads this."""
        return self.model._meta.get_field(relation).related_model._default_manager  # type: ignore[union-attr]

    def _memberships(self, user: User | AnonymousUser, *roles: str) -> Exists:
        rows = self._rows("memberships")
        mine = rows.filter(community=OuterRef("pk"), user=user.pk, state="in")
        return Exists(mine.filter(role__in=roles) if roles else mine)

    def _invitations(self, user: User) -> Exists:
        rows = self._rows("invitations")
        return Exists(rows.pending().filter(community=OuterRef("pk"), user=user.pk))

    def listed(self) -> Self:
        """Those that everybody may know of."""
        return super().published().exclude(access="private")

    def published(self) -> Self:
        """What lists, search, feeds and counts may hold: never a private community."""
        return self.listed()

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Whose front somebody may see. Editors see every front: they decide requests.

        Who asked for a private community and left it later is a stranger there.
        """
        if user.is_authenticated and user.is_staff:
            return self.all()
        public = Q(status="published") & ~Q(access="private")
        if not user.is_authenticated:
            return self.filter(public)
        mine = Q(status="published") & (self._memberships(user) | self._invitations(user))
        return self.filter(public | mine | (Q(owner=user) & ~Q(status="published")))

    def withdrawn(self) -> Self:
        """Those whose address answers 410: of a private one nobody hears that there was one."""
        return super().withdrawn().exclude(access="private")

    def reachable_by(self, user: User | AnonymousUser) -> Self:
        return self.visible_to(user) | self.withdrawn()

    def open_to(self, user: User | AnonymousUser) -> Self:
        """Whose discussions and documents somebody may read: of open ones everybody, of the others members alone."""
        is_open = Q(access="open")
        inside = is_open | self._memberships(user) if user.is_authenticated else is_open
        return self.filter(inside, status="published")

    def of_member(self, user: User | AnonymousUser) -> Self:
        """Those somebody is in."""
        return self.filter(self._memberships(user), status="published") if user.is_authenticated else self.none()

    def waited_for_by(self, user: User) -> Self:
        """Those somebody asked to join and has no answer from."""
        rows = self._rows("memberships")
        asked = rows.asked().filter(community=OuterRef("pk"), user=user.pk)
        return self.visible_to(user).filter(Exists(asked), status="published")

    def run_by(self, user: User | AnonymousUser) -> Self:
        """Those somebody moderates, as administrator or facilitator."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(self._memberships(user, "admin", "facilitator"), status="published")

    def with_card_data(self) -> Self:
        """What plain data says of it."""
        return self.prefetch_related("topics", "countries", "regions")

    def without_admin(self) -> Self:
        """Published ones that nobody runs any more."""
        rows = self._rows("memberships")
        return self.filter(~Exists(rows.filter(community=OuterRef("pk"), state="in", role="admin")), status="published")

    # ----- the state that the rule gives, and the report counts

    def active(self) -> Self:
        return self.filter(status="published", archived_at=None, last_activity_at__gte=quiet_since())

    def quiet(self) -> Self:
        return self.filter(status="published", archived_at=None, last_activity_at__lt=quiet_since())

    def archived(self) -> Self:
        return self.filter(status="published", archived_at__isnull=False)


class MembershipQuerySet(models.QuerySet):
    def current(self) -> Self:
        return self.filter(state="in")

    def asked(self) -> Self:
        """Those who wait for an answer, oldest first."""
        return self.filter(state="asked").order_by("asked_at", "pk")

    def of(self, community: Community) -> Self:
        return self.filter(community=community)

    def with_pause(self) -> Self:
        """With `is_paused`: whether they only read there now."""
        here = ContentType.objects.get_for_model(self.model._meta.get_field("community").related_model)  # type: ignore[arg-type]
        paused = Sanction.objects.in_force().filter(kind="pause", user=OuterRef("user"), scope_type=here)
        return self.annotate(is_paused=Exists(paused.filter(scope_id=OuterRef("community"))))

    def admins(self) -> Self:
        return self.current().filter(role="admin")

    def running(self) -> Self:
        """Administrators and facilitators, as a list names them."""
        return self.current().filter(role__in=("admin", "facilitator")).order_by("role", "joined_at")


class InvitationQuerySet(models.QuerySet):
    def pending(self) -> Self:
        """Those that can be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())

    def open(self) -> Self:
        """Those that wait, and those that ran out and can be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class CommunityDocumentQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those whose files somebody may read now."""
        return self._of_communities("open_to", user).filter(removed_at=None)

    def reachable_by(self, user: User | AnonymousUser) -> Self:
        """Members also see that a document was removed, and why; whoever moderates sees what it was."""
        return self.visible_to(user) | self._of_communities("of_member", user)

    def kept_for(self, user: User | AnonymousUser) -> Self:
        """Those whose files somebody may read, whoever moderates also what was removed: they may restore it."""
        return self.visible_to(user) | self._of_communities("run_by", user)

    def _of_communities(self, which: str, user: User | AnonymousUser) -> Self:
        communities = self.model._meta.get_field("community").related_model._default_manager  # type: ignore[union-attr]
        return self.filter(community__in=getattr(communities, which)(user).order_by().values("pk"))

    def listed(self) -> Self:
        """What was removed stands in the list as long as it can be restored, and afterwards at its address alone."""
        before = timezone.now() - self.model.RESTORABLE  # type: ignore[attr-defined]
        return self.filter(Q(removed_at=None) | Q(removed_at__gt=before))

    def with_list_data(self) -> Self:
        return self.select_related("community", "folder", "by", "removed_by").prefetch_related("versions__file")


class ShelfItemQuerySet(models.QuerySet):
    def shown(self) -> Self:
        """Those whose record is public. What was withdrawn comes back to the shelf if it comes back at all."""
        wanted = Q(pk__in=[])
        for kind in registry.all_types():
            public = kind.published().order_by().values("pk")
            wanted |= Q(content_type=ContentType.objects.get_for_model(kind.model), object_id__in=public)
        return self.filter(wanted)

    def about(self, record: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)
