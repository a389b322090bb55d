"""What the page of the audit trail shows: a few dozen changes, however many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from auditlog.models import LogEntry
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, Model, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from content import trail, wording
from members.models import User

PAGE_SIZE = 50
LONGEST = 400  # characters shown of a value
ACTIONS = {
    LogEntry.Action.CREATE: pgettext_lazy("done to a record", "Created"),
    LogEntry.Action.UPDATE: pgettext_lazy("done to a record", "Changed"),
    LogEntry.Action.DELETE: pgettext_lazy("done to a record", "Deleted"),
}


# What Django names after the column, in words.
NAMES = {
    "slug": gettext_lazy("address"),
    "submitted_at": gettext_lazy("sent in on"),
    "withdrawn_at": gettext_lazy("withdrawn on"),
    "doi": "DOI",
    "isbn": "ISBN",
    "ror": "ROR",
    "handle": "Handle",
    "position": gettext_lazy("place in the list"),
    "publication": gettext_lazy("publication"),
    "organisation": gettext_lazy("organisation"),
    "topic": gettext_lazy("topic"),
    "parent": gettext_lazy("part of"),
}


class Filters(forms.Form):
    kind = forms.TypedChoiceField(label=gettext_lazy("Kind"), required=False, coerce=int, empty_value=None)
    action = forms.TypedChoiceField(label=gettext_lazy("What was done"), required=False, coerce=int, empty_value=None)
    who = forms.CharField(label=gettext_lazy("Email address of who did it"), required=False, max_length=254)
    record = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**62)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**62)

    def __init__(self, data: Any, kinds: Mapping[int, type[Model]]) -> None:
        super().__init__(data, label_suffix="")
        names = [(pk, model._meta.verbose_name.capitalize()) for pk, model in kinds.items()]
        self.fields["kind"].choices = [("", _("All kinds")), *sorted(names, key=lambda one: one[1])]
        self.fields["action"].choices = [("", _("Anything")), *ACTIONS.items()]


@dataclass(frozen=True)
class Change:
    field: str
    name: str
    before: str
    after: str
    can_restore: bool


@dataclass(frozen=True)
class Line:
    entry: LogEntry
    kind: str
    action: str
    changes: list[Change]
    history: str  # the query for everything that happened to this record


class Trail:
    def __init__(self, request: HttpRequest) -> None:
        self.user: User = request.user
        kinds = ContentType.objects.get_for_models(*trail.kept())
        self.models = {kind.pk: model for model, kind in kinds.items()}
        self.form = Filters(request.GET, self.models)
        self.asked = self.form.cleaned_data if self.form.is_valid() else {}
        self.query = request.GET.copy()
        found = list(self._filtered()[: PAGE_SIZE + 1])
        self.has_more, self.entries = len(found) > PAGE_SIZE, found[:PAGE_SIZE]

    def _filtered(self) -> QuerySet[LogEntry]:
        """Pages go by the number of the last row: counting and skipping would read the whole trail."""
        asked, rows = self.asked, trail.entries(self.user)
        if asked.get("kind"):
            rows = rows.filter(content_type=asked["kind"])
            if asked.get("record") is not None:
                rows = rows.filter(object_id=asked["record"])
        if asked.get("action") is not None:
            rows = rows.filter(action=asked["action"])
        if asked.get("who"):
            # Who it is comes first: joined, a stranger's address would be looked for in every row.
            people = User.objects.alias(lower=Lower("email")).filter(lower=asked["who"].strip().lower())
            rows = rows.filter(actor__in=list(people.values_list("pk", flat=True)))
        return rows.filter(pk__lt=asked["before"]) if asked.get("before") else rows

    @property
    def older(self) -> str:
        query = self.query.copy()
        query["before"] = str(self.entries[-1].pk)
        return f"?{query.urlencode()}"

    @property
    def lines(self) -> Iterator[Line]:
        for entry in self.entries:
            model = self.models.get(entry.content_type_id)
            yield Line(
                entry=entry,
                kind=str(model._meta.verbose_name).capitalize() if model else "",
                action=str(ACTIONS.get(entry.action, "")),
                changes=[self._change(entry, name, said) for name, said in (entry.changes_dict or {}).items()],
                history=f"?kind={entry.content_type_id}&record={entry.object_id}" if model else "",
            )

    def _change(self, entry: LogEntry, name: str, said: Any) -> Change:
        field = _field(self.models.get(entry.content_type_id), name)
        before, after = _both(said)
        return Change(
            field=name,
            name=str(NAMES.get(name) or getattr(field, "verbose_name", name)),
            before=self._shown(field, before),
            after=self._shown(field, after),
            can_restore=trail.can_restore(entry, name),
        )

    def _shown(self, field: Any, value: Any) -> str:
        if value in (None, "", "None"):
            return ""
        if isinstance(field, ForeignKey):
            return self._names[field.related_model].get(str(value), str(value))
        if choices := getattr(field, "flatchoices", None):
            return str(dict(choices).get(value, value))
        if isinstance(value, str) and getattr(field, "get_internal_type", str)() == "DateTimeField":
            return _moment(value)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"

    @cached_property
    def _names(self) -> dict[type[Model], dict[str, str]]:
        """What foreign keys on this page point at: one query for each model."""
        wanted: dict[type[Model], set[str]] = {}
        for entry in self.entries:
            for name, said in (entry.changes_dict or {}).items():
                field = _field(self.models.get(entry.content_type_id), name)
                if isinstance(field, ForeignKey):
                    keys = {str(value) for value in _both(said) if value not in (None, "", "None")}
                    wanted.setdefault(field.related_model, set()).update(keys)
        return {
            model: {str(pk): str(row) for pk, row in model._default_manager.in_bulk(keys).items()}
            for model, keys in wanted.items()
        }


def _field(model: type[Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _both(said: Any) -> tuple[Any, Any]:
    """Before and after; rows of a many-to-many field were added or taken away."""
    if isinstance(said, dict):
        return ("", said["objects"]) if said.get("operation") == "add" else (said.get("objects", ""), "")
    return (said[0], said[1]) if isinstance(said, list) and len(said) == 2 else ("", said)


def _moment(value: str) -> str:
    parsed: datetime | None = parse_datetime(value)
    return wording.moment(make_aware(parsed) if parsed.tzinfo is None else parsed) if parsed else value
