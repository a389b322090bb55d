"""What a community recommends to its members, each record once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import Community, ShelfItem
from communities.numbers import LIFE
from communities.places import touched
from content import caching, registry
from content.addresses import key_in
from content.cards import kept_cards
from content.services import about
from members.permissions import is_member
from moderation.models import Sanction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from content.models import Entry
    from members.models import User

KIND = "shelf"  # of kept pages that show on whose shelf a record stands
CODE = re.compile(r"([a-z]+)(\d+)")
MOST_NAMED = 20  # communities on a record's page


def code_of(record: Entry) -> str:
    """The last part of its permanent address: p12."""
    return f"{registry.of(record).short}{record.pk}"


def record_called(code: str) -> Entry | None:
    """The public record of such a code."""
    parts = CODE.fullmatch(code)
    key = key_in(parts[2]) if parts else None
    kind = next((one for one in registry.all_types() if parts and one.short == parts[1]), None)
    return kind.published().filter(pk=key).first() if kind and key is not None else None


def open_shelves(user: User) -> QuerySet[Community]:
    """Of the communities in which a member may write now."""
    paused = Sanction.objects.in_force().filter(
        user=user.pk, kind=Sanction.Kind.PAUSE, scope_type=ContentType.objects.get_for_model(Community)
    )
    mine = Community.objects.of_member(user).filter(archived_at=None)
    return mine.exclude(pk__in=paused.order_by().values("scope_id")).order_by("-last_activity_at", "pk")


@transaction.atomic
def shelve(*, community: Community, record: Entry, note: str, by: User | None) -> ShelfItem:
    """Raises ValidationError where it stands on this shelf already."""
    try:
        with transaction.atomic():
            item = ShelfItem.objects.create(community=community, **about(record), note=note, by=by)
    except IntegrityError as error:
        raise ValidationError(_("It stands on the shelf of this community already.")) from error
    touched(community)
    caching.bump(KIND)
    return item


@transaction.atomic
def take_off(*, item: ShelfItem, by: User) -> None:
    item.delete()
    caching.bump(KIND, LIFE)


# ----- What is shown


@dataclass(frozen=True)
class Shelved:
    item: ShelfItem
    card: SafeString


def cards_of(items: Iterable[ShelfItem]) -> list[Shelved]:
    """In a number of queries that depends on the types there are, not on the items."""
    items = list(items)
    cards: dict[tuple[Any, int], SafeString] = {}
    for kind in registry.all_types():
        keys = [item.object_id for item in items if item.content_type.model_class() is kind.model]
        if keys:
            cards |= {(kind.model, pk): card for pk, card in kept_cards(kind.key, keys).items()}
    found = [(item, cards.get((item.content_type.model_class(), item.object_id))) for item in items]
    return [Shelved(item, card) for item, card in found if card]


def card_of(record: Entry) -> SafeString | None:
    return kept_cards(registry.of(record).key, [record.pk]).get(record.pk)


@dataclass(frozen=True)
class OnShelves:
    """What a record's page says: who recommends it, as far as everybody may know of them, and the way to do so."""

    communities: list[Community]
    share_url: str


def on_shelves(record: Entry, reader: User | AnonymousUser) -> OnShelves | None:
    """Private communities are named to nobody, not even to their members: what stands here may be shown around."""
    if not record.is_published:
        return None
    items = ShelfItem.objects.about(record).order_by().values("community")
    communities = list(Community.objects.listed().filter(pk__in=items).order_by("-last_activity_at", "pk")[:MOST_NAMED])
    share = f"{reverse('communities:shelve')}?{urlencode({'record': code_of(record)})}" if is_member(reader) else ""
    return OnShelves(communities, share) if communities or share else None
