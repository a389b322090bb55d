"""The report of a meeting tool, numbers from elsewhere, and the winners of a poll, as organisers give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from content.zone_forms import DayField
from webinars.models import Figure

if TYPE_CHECKING:
    from datetime import date

    from webinars.winners import Outcome

MOST = 10_000_000  # people


class ReportForm(forms.Form):
    upload = forms.FileField(
        label=gettext_lazy("Attendance report"),
        help_text=gettext_lazy(
            "The CSV file that Zoom, Teams, Google Meet or BigBlueButton gives after the meeting, or a table with "
            "names or addresses and times. You see what is in it before it counts. The file is not kept."
        ),
        error_messages={"required": gettext_lazy("Choose a file"), "empty": gettext_lazy("This file is empty")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )


class FigureForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What was counted"),
        choices=Figure.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what was counted")},
    )
    number = forms.IntegerField(
        label=pgettext_lazy("how many", "Number"),
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput(attrs={"class": "input--s", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Enter the number"),
            "invalid": gettext_lazy("Enter a whole number such as 120"),
            "min_value": gettext_lazy("Enter a whole number such as 120"),
            "max_value": gettext_lazy("Nobody has that many viewers: enter a smaller number"),
        },
    )
    source = forms.CharField(
        label=pgettext_lazy("of a number", "Where it comes from"),
        help_text=gettext_lazy("Such as “YouTube live”. A newer number of the same source takes the place of the old."),
        max_length=120,
        error_messages={"required": gettext_lazy("Say where it comes from")},
    )
    counted_on = DayField(label=gettext_lazy("Counted on"))

    def clean_counted_on(self) -> date:
        day: date = self.cleaned_data["counted_on"]
        if day > timezone.now().date():
            raise forms.ValidationError(_("This day has not come yet"))
        return day


class WinnersForm(forms.Form):
    options = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Topics that become webinars"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one"),
            "invalid_choice": gettext_lazy("Choose among the topics of this list"),
        },
    )

    def __init__(self, data: Any = None, *, outcome: Outcome) -> None:
        super().__init__(data, initial={"options": sorted(outcome.ticked)}, label_suffix="")
        self.fields["options"].choices = [(one.option, _said(one.label, one.votes)) for one in outcome.candidates]


def _said(label: object, votes: int) -> str:
    said = ngettext("%(label)s, %(votes)s vote", "%(label)s, %(votes)s votes", votes)
    return said % {"label": label, "votes": votes}
