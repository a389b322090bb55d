"""What a member has, row by row: what another does for themselves leaves it as it was."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.test import Client

from members.models import User
from tests.access import TABLE
from tests.access.probes import send
from tests.access.sending import DONE, SENDING, SHOWN
from tests.world import World

Rows = dict[str, dict[Any, tuple]]
APPS = ("members", "content", "notifications", "people", "publications", "stakeholders", "blog", "agenda", "webinars")
OURS = tuple(f"{app}." for app in APPS)


def held(user: User) -> Rows:
    """By table, with every row that points at them."""
    found: Rows = {}
    for model in filter(lambda one: one.__module__.startswith(OURS), apps.get_models()):
        fields = [one for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey)]
        theirs = [models.Q((one.name, user)) for one in fields if one.related_model is User]
        if theirs:
            columns = [one.attname for one in model._meta.concrete_fields]
            rows = model._default_manager.filter(reduce(or_, theirs)).values_list("pk", *columns)
            found[model._meta.label] = {pk: tuple(values) for pk, *values in rows}
    return found


def lost(user: User, client: Client, address: str, data: dict[str, Any]) -> list[str]:
    """Which of a member's rows are gone, or say something else, once another has sent this."""
    before, after = held(user), Rows()
    send(client, address, data, look=lambda: after.update(held(user)))
    return [f"{label} {pk}" for label in before for pk in before[label] if after[label].get(pk) != before[label][pk]]


def harm_done(name: str, world: World, clients: dict[str, Client], roles=("other_member",)) -> Iterator[str]:
    row = SENDING.get(name)
    for state, codes in row.answers.items() if row else ():
        address = TABLE[name].address(world, state)
        for role in roles:
            if codes[role] in (DONE, SHOWN) and (
                rows := lost(world.people["member"], clients[role], address, row.data(world, state))
            ):
                yield f"post {address} ({state}) as {role}: what the member has is not what it was, {rows}"
