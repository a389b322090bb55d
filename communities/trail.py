"""What the audit trail keeps of communities: who opened, changed, archived one. Not who is in it."""

from __future__ import annotations

from communities.models import Community
from communities.services import save_community
from content import trail


def sign_up() -> None:
    trail.keep(
        Community,
        without=["last_activity_at", "asked_at"],
        many=["topics", "countries", "regions", "organisations"],
        save=lambda record, by: save_community(record=record, by=by),
    )
