"""Communities of the world, one of each kind, with what stands inside.

In each, the member added everything, the trusted member is its facilitator, the ambassador its administrator. Who is
blocked was banned, the other member removed. The translator is in those that have a door and invited into the
private one. In another open one the member is paused. The cast's administrator of a community runs another one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from communities.models import Community, Document, DocumentVersion, Folder, Invitation, ShelfItem
from content.services import about
from moderation import services
from moderation.models import Sanction
from tests import factories

if TYPE_CHECKING:
    from files.models import StoredFile
    from tests.world import World

ACCESS = ("open", "request", "private")
AFTER_ALL = datetime(2100, 1, 1, tzinfo=UTC)
INSIDE = {
    "member": {},
    "translator": {},
    "trusted": {"role": "facilitator"},
    "ambassador": {"role": "admin"},
}
GONE = {"blocked": "banned", "other_member": "removed"}
INVITED = {"private": "translator"}
PARTS = ("folder", "document", "figures", "removed", "reason", "file", "page", "note", "why", "person")


def word(access: str, part: str) -> str:
    """Letters only, so that every analyser keeps it whole, and nowhere else in the house."""
    return f"zg{access}{part}xv"


@dataclass
class Groups:
    communities: dict[str, Community] = field(default_factory=dict)  # by who may join, and one in which one is paused
    documents: dict[str, Document] = field(default_factory=dict)
    figures: dict[str, Document] = field(default_factory=dict)  # whose file can be opened
    removed: dict[str, Document] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)
    shelved: dict[str, ShelfItem] = field(default_factory=dict)


def build(world: World, stored_file: Callable[..., StoredFile]) -> Groups:
    groups = Groups()
    for access in ACCESS:
        made = factories.community(
            f"Community {word(access, 'name')}", slug=f"{access}-community", access=access, owner=world.people["member"]
        )
        groups.communities[access] = made
        _people(made, access, world)
        _fill(groups, access, world, stored_file)
    _paused(groups, world, stored_file)
    factories.membership(factories.community("Elsewhere"), world.people["community_admin"], role="admin")
    return groups


def _paused(groups: Groups, world: World, stored_file: Callable[..., StoredFile]) -> None:
    made = groups.communities["paused"] = factories.community("Paused", slug="paused-community")
    _people(made, "paused", world)
    _fill(groups, "paused", world, stored_file)
    Sanction.objects.create(
        **services.scope_columns(made), user=world.people["member"], kind="pause", reason="Threats.", until=AFTER_ALL
    )


def _people(community: Community, access: str, world: World) -> None:
    for role, fields in INSIDE.items():
        if role != INVITED.get(access):
            factories.membership(community, world.people[role], **fields)
    for role, how in GONE.items():
        factories.membership(community, world.people[role], state=how, decided_at=timezone.now())
    if access in INVITED:
        Invitation.objects.create(community=community, user=world.people[INVITED[access]], language="en")
    factories.membership(community, factories.member(f"Somebody {word(access, 'person')}"))
    factories.membership(community, factories.member(f"Somebody {word(access, 'former')}"), state="left")


def _fill(groups: Groups, access: str, world: World, stored_file: Callable[..., StoredFile]) -> None:
    community, member = groups.communities[access], world.people["member"]
    folder = Folder.objects.create(community=community, name=f"Folder {word(access, 'folder')}")
    gone = {"removed_at": timezone.now(), "removed_by": member, "removed_reason": f"As {word(access, 'reason')}."}
    for kept, title, kind, fields in (
        (groups.documents, word(access, "document"), "pdf", {"folder": folder}),
        (groups.figures, word(access, "figures"), "csv", {}),
        (groups.removed, word(access, "removed"), "pdf", gone),
    ):
        document = Document.objects.create(
            community=community, title=f"Minutes {title}", language="en", by=member, **fields
        )
        stored = stored_file(kind, name=f"{word(access, 'file')}.{kind}", text=f",{word(access, 'page')}\n2020,12\n")
        DocumentVersion.objects.create(document=document, number=1, file=stored, by=member, note=word(access, "note"))
        kept[access] = document
    groups.folders[access] = folder
    groups.shelved[access] = ShelfItem.objects.create(
        community=community, **about(world.media["image"]), by=member, note=word(access, "why")
    )


def forbidden(role: str) -> list[str]:
    """Words that a reader must meet nowhere: what stands inside a closed community, and that there is a private one."""
    closed = [access for access in ("request", "private") if role not in INSIDE or role == INVITED.get(access)]
    words = [word(access, part) for access in closed for part in PARTS]
    words += [word(access, "former") for access in ACCESS]
    if role not in INSIDE:
        words += [word("open", part) for part in ("removed", "reason", "person")]
    return words if role in ("staff", "administrator", *INSIDE) else [*words, word("private", "name")]


PAGES = ("detail", "documents", "shelf", "members")


def pages(world: World) -> list[str]:
    """Where the words stand, for those who may read them."""
    groups, found = world.groups, []
    for access, community in groups.communities.items():
        own = [reverse(f"communities:{name}", args=[community.slug]) for name in PAGES]
        documents = [kept[access] for kept in (groups.documents, groups.figures, groups.removed)]
        found += [*own, *(one.get_absolute_url() for one in documents)]
        for stored in (one.versions.get().file for one in documents):
            found += [stored.get_absolute_url(), reverse("files:preview", args=[stored.key])]
    return found
