"""What members type who propose an event, a livestream or a call."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from agenda.models import LANGUAGES, Event
from agenda.services import Proposed
from content import wording, zones
from content.zone_forms import ClockField, DayField, ZoneField
from people import choices
from people.forms import Boxes
from taxonomy.models import Country, Topic

MOST_TOPICS, MOST_COUNTRIES = 5, 20
TEXTS = ("title", "summary", "body")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ProposalForm(forms.Form):
    kind = forms.ChoiceField(
        label=pgettext_lazy("an event", "What it is"),
        choices=Event.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what it is")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language you write in"))
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=300, error_messages={"required": gettext_lazy("Give it a title")}
    )
    summary = forms.CharField(
        label=gettext_lazy("In one or two sentences"),
        max_length=600,
        widget=_area(3),
        error_messages={"required": gettext_lazy("Say in one or two sentences what it is about")},
    )
    body = forms.CharField(
        label=gettext_lazy("More about it"),
        help_text=gettext_lazy("Links, lists and **bold** work."),
        max_length=20_000,
        widget=_area(8),
        required=False,
    )
    first_day = DayField(label=gettext_lazy("First day"), required=False)
    begins = ClockField(label=gettext_lazy("It begins at"), required=False)
    last_day = DayField(label=gettext_lazy("Last day, or the day of the deadline"), required=False)
    ends = ClockField(
        label=gettext_lazy("It ends at, or the deadline"),
        required=False,
        help_text=gettext_lazy("Such as 14:30. Without times an event lasts whole days, a call to the end of the day."),
    )
    zone = ZoneField(help_text=gettext_lazy("In which the times above are meant"))
    place = forms.CharField(
        label=gettext_lazy("Place"), help_text=gettext_lazy("Or: online"), max_length=200, required=False
    )
    others = forms.CharField(label=pgettext_lazy("an event", "Organised by"), max_length=300, required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken or interpreted there"), widget=forms.CheckboxSelectMultiple, required=False
    )
    link = forms.URLField(
        label=gettext_lazy("Link to take part, or to know more"), max_length=500, required=False, assume_scheme="https"
    )
    topics = Boxes(label=gettext_lazy("Topics"), required=False)
    countries = Boxes(label=gettext_lazy("Countries"), required=False)
    note = forms.CharField(label=gettext_lazy("A word to the editor"), max_length=2000, widget=_area(2), required=False)

    def __init__(self, *args: Any, reader_zone: str = zones.NONE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (code, wording.language_name(code).capitalize()) for code in settings.MODELTRANSLATION_LANGUAGES
        ]
        self.fields["languages"].choices = [(code, wording.language_name(code).capitalize()) for code in LANGUAGES]
        self.fields["topics"].choices = choices.topics()
        self.fields["countries"].choices = choices.countries_by_region()
        self.initial.setdefault("language", get_language() or settings.LANGUAGE_CODE)
        self.initial.setdefault("kind", Event.Kind.EVENT)
        self.initial.setdefault("zone", reader_zone)

    def clean_topics(self) -> list[str]:
        return self._at_most("topics", MOST_TOPICS, _("Choose %(count)s topics at most"))

    def clean_countries(self) -> list[str]:
        return self._at_most("countries", MOST_COUNTRIES, _("Choose %(count)s countries at most"))

    def _at_most(self, name: str, most: int, said: str) -> list[str]:
        chosen: list[str] = self.cleaned_data[name]
        if len(chosen) > most:
            raise forms.ValidationError(said % {"count": most})
        return chosen

    # ----- when

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        fields = ("kind", "first_day", "begins", "last_day", "ends", "zone")
        if not set(fields) & self.errors.keys():
            self._clean_call(cleaned) if cleaned["kind"] == Event.Kind.CALL else self._clean_event(cleaned)
        return cleaned

    def _clean_call(self, cleaned: dict[str, Any]) -> None:
        """Until the stated minute, or to the end of the stated day, in the stated zone."""
        if not cleaned["last_day"]:
            self.add_error("last_day", _("Enter the day of the deadline"))
            return
        cleaned |= {"starts_at": None, "whole_days": False}
        wall = _at(cleaned["last_day"], cleaned["ends"])
        cleaned["ends_at"] = self._instant("ends", wall, cleaned["zone"], later=True)

    def _clean_event(self, cleaned: dict[str, Any]) -> None:
        first, begins, ends = cleaned["first_day"], cleaned["begins"], cleaned["ends"]
        if not first:
            self.add_error("first_day", _("Enter the day on which it begins"))
            return
        if bool(begins) != bool(ends):
            self.add_error("ends" if begins else "begins", _("Enter both times, or neither"))
            return
        last = cleaned["last_day"] or first
        cleaned["whole_days"] = begins is None
        cleaned["starts_at"] = self._instant("begins", datetime.combine(first, begins or time()), cleaned["zone"])
        cleaned["ends_at"] = self._instant("ends", _at(last, ends), cleaned["zone"], later=True)
        if cleaned["starts_at"] and cleaned["ends_at"] and cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("last_day" if last < first else "ends", _("It ends after it begins"))

    def _instant(self, field: str, wall: datetime, zone: str, *, later: bool = False) -> datetime | None:
        """An hour that clocks jump over is refused with the two nearest; of one that comes twice, a beginning is the
        first and an end the second, so that nobody comes late."""
        try:
            return zones.instant(wall, zone, later=later)
        except zones.NoSuchHour as error:
            if wall.time() == time():  # midnight itself is jumped over in some zones: the day begins an hour later
                return zones.instant(error.after, zone)
            self.add_error(field, zones.refusal(wall, zone, error))
        except OverflowError:
            self.add_error(field, _("Write a day that is in the calendar, such as 24/09/2027"))
        return None

    def proposed(self) -> Proposed:
        data = self.cleaned_data
        columns = ("kind", "starts_at", "ends_at", "zone", "whole_days", "place", "others", "languages", "link")
        return Proposed(
            language=data["language"],
            texts={name: data[name] for name in TEXTS},
            columns={name: data[name] for name in columns},
            terms={
                "topics": Topic.objects.filter(slug__in=data["topics"]),
                "countries": Country.objects.filter(iso2__in=data["countries"]),
            },
            note=data["note"],
        )


def _at(day: date, clock: time | None) -> datetime:
    """Without a time the midnight after the day: so long it lasts."""
    return datetime.combine(day, clock) if clock else datetime.combine(day, time()) + timedelta(days=1)


def written_in(event: Event) -> dict[str, Any]:
    """What a proposal says, as its form shows it again."""
    language, first, last = event.original_language, event.first_day, event.last_day
    to_the_end = event.is_call and event.last_day.time() == time()
    if to_the_end:  # of the day before that midnight
        last -= timedelta(seconds=1)
    times = not event.whole_days
    return {
        "kind": event.kind,
        "language": language,
        **{name: getattr(event, f"{name}_{language}") or "" for name in TEXTS},
        "first_day": None if event.is_call else first.date(),
        "begins": first.time() if times and not event.is_call else None,
        "last_day": last.date(),
        "ends": last.time() if times and not to_the_end else None,
        "zone": event.zone,
        **{name: getattr(event, name) for name in ("place", "others", "languages", "link")},
        "topics": [topic.slug for topic in event.topics.all()],
        "countries": [country.iso2 for country in event.countries.all()],
    }


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your message to the editor"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "textarea--low"}),
        error_messages={"required": gettext_lazy("Write your message first")},
    )
