"""What moderators, members who report and authors who object type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moderation import deciding, sanctions
from moderation.models import Case, Moderated, Report, Sanction

Decision, State = Case.Decision, Moderated.State
LONGEST = 2000  # characters of a reason


def words(label: Any, *, empty: Any = None, hint: Any = "", rows: int = 4, longest: int = LONGEST) -> forms.CharField:
    """Needed where there is a sentence for their lack."""
    return forms.CharField(
        label=label,
        required=empty is not None,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": empty or ""},
        help_text=hint,
        max_length=longest,
    )


class DecisionForm(forms.Form):
    """Ids differ from form to form, as several stand on the page of a discussion."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a decision"), "invalid_choice": gettext_lazy("Choose again")},
    )
    reason = words(gettext_lazy("Note to the author"), rows=3)

    def __init__(self, data: Any = None, *, case: Case | None, record: Any, name: str = "") -> None:
        self.case, self.record = case, record
        super().__init__(data, auto_id=f"decide-{record.pk}_%s", label_suffix="")
        self.fields["decision"].choices = choices(case, record, name)  # type: ignore[attr-defined]
        if case is not None and case.is_appeal:
            self.fields["reason"] = words(
                _("Reason"),
                empty=_("Give the reason"),
                hint=_("The author reads it, and it stands in the log."),
                rows=3,
            )
        else:
            self.fields["reason"].help_text = _("Needed unless it is shown. Everybody reads the reason of a removal.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision, probe = cleaned.get("decision"), self.case or Case()
        is_missing = "reason" not in self.errors and not cleaned.get("reason", "").strip()
        if decision and is_missing and deciding.needs_reason(decision, probe, self.record):
            self.add_error("reason", _("Say why: the author reads it"))
        return cleaned


def choices(case: Case | None, record: Any, name: str) -> list[tuple[str, str]]:
    """What can be decided now, in words."""
    author = name or _("the author")
    if case is not None and case.is_appeal:
        is_sanction = isinstance(record, Sanction)
        over = _("Overturn it and lift the sanction") if is_sanction else _("Overturn it and show the post")
        return [(Decision.UPHELD, _("Uphold the decision")), (Decision.OVERTURNED, over)]
    return [(one, _label(one, record.state) % {"name": author}) for one in deciding.possible(case or Case(), record)]


def _label(decision: str, state: str) -> str:
    if decision == Decision.KEPT:
        return _("Leave it removed") if state == State.REMOVED else _("Keep it and close the reports")
    if decision == Decision.HIDDEN:
        is_hidden = state == State.HIDDEN
        return _("Leave it hidden and ask %(name)s to edit") if is_hidden else _("Hide it and ask %(name)s to edit")
    labels = {
        Decision.APPROVED: _("Approve it"),
        Decision.RESTORED: _("Show it again"),
        Decision.REMOVED: _("Remove it and give a public reason"),
    }
    return labels[Decision(decision)]


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what is wrong")},
    )
    text = words(gettext_lazy("What moderators should know"), longest=1000)


class AppealForm(forms.Form):
    words = words(gettext_lazy("Why should it be decided otherwise?"), empty=gettext_lazy("Say why"), rows=6)


class ReasonForm(forms.Form):
    reason = words(gettext_lazy("Reason"), empty=gettext_lazy("Give the reason"), longest=1000)


class SanctionForm(ReasonForm):
    """What follows from each stands in its own words."""

    what = forms.ChoiceField(
        label=gettext_lazy("What follows"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what follows")},
    )
    field_order = ["what", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        pauses = [(f"{Sanction.Kind.PAUSE}-{days}", _pause(days)) for days in sanctions.PAUSES]
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (f"{Sanction.Kind.WARNING}-0", _("Warning: they read your reason and can go on writing.")),
            *pauses,
            (
                f"{Sanction.Kind.BAN}-0",
                _("Ban: they are a member no longer and cannot join again. What they wrote stays."),
            ),
        ]
        self.fields["reason"].help_text = _("They read it in a letter, and it stands in the log.")

    @property
    def chosen(self) -> dict[str, Any]:
        kind, _dash, days = self.cleaned_data["what"].partition("-")
        return {"kind": kind, "days": int(days), "reason": self.cleaned_data["reason"]}


def _pause(days: int) -> str:
    counted = ngettext(
        "Pause for %(number)s day: they can read, and not write.",
        "Pause for %(number)s days: they can read, and not write.",
        days,
    )
    return counted % {"number": days}
