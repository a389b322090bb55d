"""People and organisations that somebody names by hand, found without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils.text import slugify

from people.models import Profile
from stakeholders.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import User

OFFERED = 6


def people_called(text: str, *, by: User) -> list[Profile]:
    """Members whom somebody may find, by name, handle or the address of their profile; one of that very name alone."""
    last = text.strip().rstrip("/").rsplit("/", 1)[-1].removeprefix("@")
    handle = slugify(last)
    if not handle:
        return []
    listed = Profile.objects.listed(by).exclude(user=by).select_related("user")
    if exact := listed.filter(handle=last).first():
        return [exact]
    # A handle is the name without accents: so is what is looked for.
    named = Q(handle__startswith=handle) | Q(user__display_name__icontains=last)
    return list(listed.filter(named).order_by("handle")[:OFFERED])


def organisations_called(lines: Iterable[str]) -> dict[str, Organisation | None]:
    """Published organisations by any of their names, or None for a line that names none."""
    return {line: _organisation(line) for line in lines}


def _organisation(name: str) -> Organisation | None:
    called = Q(aliases__text__iexact=name)
    for field in ("name", "acronym"):
        for code in settings.MODELTRANSLATION_LANGUAGES:
            called |= Q(**{f"{field}_{code}__iexact": name})
    return Organisation.objects.published().filter(called).order_by("pk").first()
