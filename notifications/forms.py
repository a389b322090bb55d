"""What a member chooses on the page of letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from members import time_zones
from notifications import kinds
from notifications.kinds import Frequency, Kind

if TYPE_CHECKING:
    from django.forms import BoundField

    from members.models import User
    from notifications.models import Preference

time_zone_choices = lazy(time_zones.choices, list)


class PreferenceForm(forms.Form):
    """One choice of how often for each kind of letter (`kind_review` …), then what holds for all letters."""

    language = forms.ChoiceField(
        label=_("Language of our emails"),
        choices=settings.LANGUAGES,
        error_messages={
            "required": _("Choose the language of our emails"),
            "invalid_choice": _("Choose one of the languages listed"),
        },
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zone_choices,
        help_text=_("Summaries leave at 7:00 where you are."),
        error_messages={
            "required": _("Choose your time zone"),
            "invalid_choice": _("Choose one of the time zones listed"),
        },
    )
    plain_text_only = forms.BooleanField(
        label=_("Plain text only"), required=False, help_text=_("Smaller and easier on a slow connection.")
    )

    def __init__(self, *args: Any, user: User, preference: Preference, **kwargs: Any) -> None:
        chosen, self.kinds = preference.frequencies, kinds.offered_to(user)
        initial = {f"kind_{kind.key}": kinds.frequency(kind.key, chosen).value for kind in self.kinds}
        initial |= {"language": user.language, "time_zone": user.time_zone}
        super().__init__(*args, initial=initial | {"plain_text_only": preference.plain_text_only}, **kwargs)
        for kind in self.kinds:
            self.fields[f"kind_{kind.key}"] = forms.ChoiceField(
                label=kind.label,
                choices=[(one.value, one.label) for one in kind.choices],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose how often, in the row “%(kind)s”") % {"kind": kind.label},
                    "invalid_choice": _("Choose one of the columns, in the row “%(kind)s”") % {"kind": kind.label},
                },
            )
        self.fields["time_zone"].choices = time_zones.choices(user.time_zone)

    def rows(self) -> Iterator[tuple[Kind, BoundField, list[tuple[Frequency, bool, bool]]]]:
        """A row of the table for each kind: each frequency, whether it is offered, and whether it is chosen."""
        for kind in self.kinds:
            field = self[f"kind_{kind.key}"]
            yield kind, field, [(one, one in kind.choices, field.value() == one.value) for one in Frequency]

    def frequencies(self) -> dict[str, str]:
        return {kind.key: self.cleaned_data[f"kind_{kind.key}"] for kind in self.kinds}
