"""A day, a time and a zone as people type them, and the instant they mean."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import zones

DAYS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %m %Y")
TIMES = ("%H:%M", "%H.%M", "%Hh%M", "%H h %M")


class DayField(forms.DateField):
    """A day in one box: day, month, year."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Day, month and year, such as 24/09/2027"))
        super().__init__(
            input_formats=DAYS,
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"class": "input--s", "autocomplete": "off"}),
            error_messages={
                "required": gettext_lazy("Enter the day"),
                "invalid": gettext_lazy("Write a day that is in the calendar, such as 24/09/2027"),
            },
            **kwargs,
        )


class ClockField(forms.TimeField):
    """A time of day on the clock of 24 hours."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("On the clock of 24 hours, such as 14:30"))
        super().__init__(
            input_formats=TIMES,
            widget=forms.TimeInput(format="%H:%M", attrs={"class": "input--s", "autocomplete": "off"}),
            error_messages={
                "required": gettext_lazy("Enter the time"),
                "invalid": gettext_lazy("Write a time of the clock of 24 hours, such as 14:30"),
            },
            **kwargs,
        )


class ZoneField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Time zone"))
        super().__init__(
            choices=zones.choices,
            error_messages={
                "required": gettext_lazy("Choose a time zone"),
                "invalid_choice": gettext_lazy("Choose a time zone of the list"),
            },
            **kwargs,
        )


class MomentForm(forms.Form):
    """Asks for an instant: `day`, `clock` and `zone`; and, of an hour that comes twice, `which`. Gives `moment`."""

    day = DayField(label=gettext_lazy("Day"))
    clock = ClockField(label=gettext_lazy("Time"))
    zone = ZoneField()
    which = forms.ChoiceField(
        label=gettext_lazy("Which of the two"),
        help_text=gettext_lazy("The clocks go back that night, so that this hour comes twice."),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = cast("forms.ChoiceField", self.fields["which"])
        zone = self.initial.get("zone", "")
        cast("forms.ChoiceField", self.fields["zone"]).choices = zones.choices(zone if zones.is_zone(zone) else "")
        found = self._instants_typed() if self.is_bound else []
        if len(found) == 2:
            asked.choices = zones.doubled(found, self["zone"].data)
        else:
            del self.fields["which"]

    def _instants_typed(self) -> list[datetime]:
        """Those that what was typed may mean, before it is checked: it decides what is asked."""
        with suppress(forms.ValidationError, TypeError):
            day, clock = (self.fields[name].clean(self[name].data) for name in ("day", "clock"))
            zone = self.fields["zone"].clean(self["zone"].data)
            return _safely(datetime.combine(day, clock), zone)
        return []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"day", "clock", "zone"} <= cleaned.keys():
            self._clean_moment(cleaned)
        return cleaned

    def _clean_moment(self, cleaned: dict[str, Any]) -> None:
        wall, zone = datetime.combine(cleaned["day"], cleaned["clock"]), cleaned["zone"]
        if "which" in self.fields and not cleaned.get("which"):
            if "which" not in self.errors:
                self.add_error("which", _("Say which of the two you mean"))
            return
        try:
            cleaned["moment"] = zones.instant(wall, zone, later=cleaned.get("which") == "second")
        except zones.NoSuchHour as error:
            self.add_error("clock", zones.refusal(wall, zone, error))
        except OverflowError:
            self.add_error("day", _("Write a day that is in the calendar, such as 24/09/2027"))


def _safely(wall: datetime, zone: str) -> list[datetime]:
    with suppress(OverflowError):  # the first and last days there are have no neighbours
        return zones.instants(wall, zone)
    return []


def written(moment: datetime, zone: str) -> Mapping[str, Any]:
    """An instant as the form shows it again: the second of two as such."""
    local = zones.read(moment, zone).local
    twice = zones.instants(local.replace(tzinfo=None, fold=0), zone)
    which = "second" if len(twice) == 2 and moment == twice[1] else "first"
    return {"day": local.date(), "clock": local.time(), "zone": zone, "which": which}


class ZoneForm(forms.Form):
    """A reader says where they are."""

    zone = ZoneField(
        label=gettext_lazy("My time zone"),
        help_text=gettext_lazy("Find a city whose clocks say the same as yours."),
    )


COOKIE_SECONDS = int(zones.COOKIE_LASTS / timedelta(seconds=1))
