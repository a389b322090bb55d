"""Who works at an organisation, on its page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.models import Profile
from people.seen import Seen, see
from people.visibility import Audience, shows

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User
    from stakeholders.models import Affiliation, Organisation

SHOWN = 24
LOOKED_AT = 200  # rows; an organisation with more shows those who joined it here last


@dataclass(frozen=True)
class Colleague:
    member: Seen
    role: str


def at_organisation(organisation: Organisation, reader: User | AnonymousUser) -> list[Colleague]:
    """Those who work there now, whom the reader may know, and who let them know where they work."""
    audience = Audience.MEMBER if reader.is_authenticated else Audience.VISITOR
    here = {"user__affiliations__organisation": organisation, "user__affiliations__to_year": None}
    profiles = Profile.objects.listed(reader).filter(**here)
    profiles = profiles.with_shown_data().order_by("-pk").distinct()[:LOOKED_AT]
    found = [profile for profile in profiles if shows(profile.visibility, "affiliations", audience)]
    seen = sorted((see(profile, audience) for profile in found[:SHOWN]), key=lambda one: one.name.casefold())
    return [Colleague(one, _role(one.current, organisation)) for one in seen]


def workplaces(users: Sequence[int]) -> dict[int, set[int]]:
    """Keys of the organisations where members work now, as far as they let other members know. One query."""
    rows = Profile.objects.filter(user__in=users, user__affiliations__to_year=None).exclude(listing="nobody")
    found: dict[int, set[int]] = defaultdict(set)
    for user, chosen, organisation in rows.values_list("user", "visibility", "user__affiliations__organisation"):
        if shows(chosen, "affiliations", Audience.MEMBER):
            found[user].add(organisation)
    return found


def _role(affiliations: list[Affiliation], organisation: Organisation) -> str:
    return next((one.role for one in affiliations if one.organisation_id == organisation.pk), "")
