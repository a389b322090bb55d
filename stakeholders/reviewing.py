"""What editors see of an organisation that somebody added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _

from content import wording
from content.review import Check, Summary
from content.translations import words
from stakeholders.models import Organisation

NAMES = ("name_en", "name_fr", "name_es", "acronym_en", "acronym_fr", "acronym_es")


def checks(organisations: Sequence[Organisation]) -> Mapping[int, Sequence[Check]]:
    known = _called_alike(organisations)
    return {one.pk: list(_checks(one, known)) for one in organisations}


def _checks(one: Organisation, known: Mapping[str, list[Organisation]]) -> Iterator[Check]:
    alike = {other.pk: other for name in _names(one) for other in known.get(name, ()) if other.pk != one.pk}
    for other in alike.values():
        yield Check("bad", _("Goes by the same name: %(name)s") % {"name": words(other, "name")}, similar=other)
    if not alike:
        yield Check("good", _("No other organisation goes by this name"))
    if one.website:
        yield Check("good", _("Website given"))
    else:
        yield Check("warn", _("No website"))


def _called_alike(organisations: Sequence[Organisation]) -> Mapping[str, list[Organisation]]:
    """Who goes by one of the names of these, by that name in lower case. One query for their names, one for others'."""
    wanted = {name for one in organisations for name in _names(one)}
    columns = {f"lower_{name}": Lower(name) for name in (*NAMES, "aliases__text")}
    asked = Q()
    for column in columns:
        asked |= Q(**{f"{column}__in": wanted})
    rows = Organisation.objects.exclude(status=Organisation.Status.WITHDRAWN).alias(**columns).filter(asked)
    found: dict[str, list[Organisation]] = {}
    for other in rows.distinct().prefetch_related("aliases"):
        for name in {*_names(other), *(alias.text.lower() for alias in other.aliases.all())}:
            found.setdefault(name, []).append(other)
    return found


def _names(one: Organisation) -> set[str]:
    return {name.lower() for field in NAMES if (name := getattr(one, field))}


def summaries(organisations: Sequence[Organisation]) -> Mapping[int, Summary]:
    rows = Organisation.objects.filter(pk__in=[one.pk for one in organisations]).select_related("country")
    return {one.pk: _summary(one) for one in rows}


def _summary(one: Organisation) -> Summary:
    place = [str(one.country)] if one.country else []
    language = wording.language_name(one.original_language)
    return Summary((one.get_type_display(), *place, language), (one.acronym,), words(one, "description"))


def edit_url(one: Organisation) -> str:
    return reverse("admin:stakeholders_organisation_change", args=[one.pk])
