"""What organisers type: a webinar's words, its time in its own zone, who is in it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from communities.finding import people_called
from communities.terms_forms import WithTerms
from content import wording, zones
from content.translations import words
from content.zone_forms import MomentForm, written
from people import choices
from people.forms import Boxes
from webinars import providers
from webinars.cities import city_lines, zones_called
from webinars.models import Panellist, Series, Webinar

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User

TEXTS = ("title", "summary", "about")
MOST_CITIES = 7
SHORTEST, LONGEST = 10, 24 * 60  # minutes


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TextsForm(forms.Form):
    """In one language. The original has a title at least; a translation whatever there is of it."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        error_messages={"required": gettext_lazy("Give the webinar a title")},
    )
    summary = forms.CharField(
        label=gettext_lazy("In one or two sentences"),
        help_text=gettext_lazy("The question it answers, as lists and letters say it."),
        required=False,
        max_length=600,
        widget=area(3),
    )
    about = forms.CharField(
        label=gettext_lazy("More about it"),
        help_text=gettext_lazy("What will people take away? Markdown: **bold**, [words](https://…), lists with -"),
        required=False,
        max_length=10_000,
        widget=area(8),
    )

    def __init__(self, *args: Any, webinar: Webinar, language: str, **kwargs: Any) -> None:
        self.webinar, self.language = webinar, language
        kwargs["initial"] = {field: getattr(webinar, f"{field}_{language}") for field in TEXTS}
        super().__init__(*args, **kwargs)
        if language != webinar.original_language:
            self.fields["title"].required = False
        for field in self.fields.values():
            field.widget.attrs["lang"] = language

    def filled(self) -> Webinar:
        for field in TEXTS:
            setattr(self.webinar, f"{field}_{self.language}", self.cleaned_data[field])
        return self.webinar


class TimeForm(MomentForm):
    """When it starts on the clock of its organisers, and for how long it goes on."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Length in minutes"),
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--s", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Enter the length in minutes"),
            "invalid": gettext_lazy("Enter the length in minutes, such as 90"),
        },
    )

    def __init__(self, *args: Any, webinar: Webinar | None = None, **kwargs: Any) -> None:
        if webinar is not None:
            kwargs["initial"] = written(webinar.starts_at, webinar.zone) | {"minutes": webinar.minutes}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (moment := cleaned.get("moment")) and moment <= timezone.now():
            self.add_error("day", _("That moment has passed: choose one ahead"))
        return cleaned

    def time(self) -> dict[str, Any]:
        """As `services.move_webinar` takes it."""
        starts_at, length = self.cleaned_data["moment"], timedelta(minutes=self.cleaned_data["minutes"])
        return {"starts_at": starts_at, "ends_at": starts_at + length, "zone": self.cleaned_data["zone"]}


class FactsForm(WithTerms):
    """What it is about, who organises it, in which languages, and where people meet."""

    spoken = Boxes(
        label=gettext_lazy("Languages spoken"),
        error_messages={"required": gettext_lazy("Choose at least one language")},
    )
    interpreted = Boxes(label=gettext_lazy("Languages it is interpreted into"), required=False)
    topics = Boxes(label=gettext_lazy("Topics"), required=False)
    countries = Boxes(label=gettext_lazy("Countries it is about"), required=False)
    series = forms.ModelChoiceField(
        Series.objects.none(),
        label=gettext_lazy("Series"),
        required=False,
        empty_label=gettext_lazy("None"),
        to_field_name="slug",
    )
    organisations = forms.CharField(
        label=gettext_lazy("Organised by"),
        help_text=gettext_lazy("Organisations, one on each line, by name or acronym in any language."),
        required=False,
        max_length=3000,
        widget=area(3),
    )
    cities = forms.CharField(
        label=gettext_lazy("Cities whose clocks the page shows"),
        help_text=gettext_lazy("One on each line, seven at most. Leave it empty for the usual ones."),
        required=False,
        max_length=600,
        widget=area(3),
    )
    capacity = forms.IntegerField(
        label=pgettext_lazy("webinar", "Places"),
        help_text=gettext_lazy("Leave it empty where there is no limit. Who comes after the last place waits."),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--s"}),
        error_messages={"invalid": gettext_lazy("Enter a number, such as 300")},
    )
    provider = forms.ChoiceField(label=gettext_lazy("Where people meet"), widget=forms.RadioSelect)
    meeting_link = forms.URLField(
        label=gettext_lazy("Link of the meeting"),
        help_text=gettext_lazy("Only those who registered are led there, from a quarter of an hour before the start."),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Enter an address that begins with https://")},
    )

    def __init__(self, *args: Any, by: User, webinar: Webinar, **kwargs: Any) -> None:
        kwargs["initial"] = facts_of(webinar)
        super().__init__(*args, **kwargs)
        self.fields["spoken"].choices = self.fields["interpreted"].choices = choices.languages()
        self.fields["topics"].choices = choices.topics()
        self.fields["countries"].choices = choices.countries_by_region()
        self.fields["series"].queryset = series_for(webinar, by)
        self.fields["series"].label_from_instance = lambda series: words(series, "title").text
        self.fields["provider"].choices = providers.offered(webinar.provider)
        if len(self.fields["provider"].choices) == 1:
            del self.fields["provider"]

    def clean_cities(self) -> list[str]:
        found = zones_called(self.cleaned_data["cities"])
        if unknown := [line for line, zone in found.items() if zone is None]:
            message = _("We know no city called %(name)s. Try a larger one whose clocks say the same.")
            raise forms.ValidationError(message % {"name": unknown[0]})
        if len(found) > MOST_CITIES:
            raise forms.ValidationError(_("Choose %(count)s cities at most") % {"count": MOST_CITIES})
        return list(dict.fromkeys(zone for zone in found.values() if zone))

    def fill(self, webinar: Webinar) -> Webinar:
        data = self.cleaned_data
        webinar.spoken = data["spoken"]
        webinar.interpreted = [code for code in data["interpreted"] if code not in data["spoken"]]
        webinar.series, webinar.cities, webinar.capacity = data["series"], data["cities"], data["capacity"]
        webinar.provider = data.get("provider") or Webinar.Provider.LINK
        webinar.meeting_link = data["meeting_link"]
        return webinar


def series_for(webinar: Webinar, by: User) -> QuerySet[Series]:
    """A series of a private community takes webinars of that community alone: others would give it away."""
    open_to_all = Q(community=None) | ~Q(community__access="private") | Q(community=webinar.community_id)
    return Series.objects.visible_to(by).filter(open_to_all)


def facts_of(webinar: Webinar) -> dict[str, Any]:
    """What the form shows again."""
    return {
        "spoken": webinar.spoken,
        "interpreted": webinar.interpreted,
        "topics": [topic.slug for topic in webinar.topics.all()],
        "countries": [country.iso2 for country in webinar.countries.all()],
        "series": webinar.series.slug if webinar.series else "",
        "organisations": "\n".join(words(one, "name").text for one in webinar.organisations.published()),
        "cities": city_lines(webinar.cities),
        "capacity": webinar.capacity,
        "provider": webinar.provider,
        "meeting_link": webinar.meeting_link,
    }


class NewForm(TimeForm):
    """What makes a webinar: words, a time, a language. The rest is described afterwards."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language you write in here"),
        help_text=gettext_lazy("You can add the others afterwards."),
    )
    title = TextsForm.base_fields["title"]
    summary = TextsForm.base_fields["summary"]
    spoken = Boxes(
        label=gettext_lazy("Languages spoken"),
        error_messages={"required": gettext_lazy("Choose at least one language")},
    )
    field_order = ("language", "title", "summary", "spoken", "day", "clock", "which", "zone", "minutes")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        here = get_language() or settings.LANGUAGE_CODE
        zone = by.time_zone if zones.is_zone(by.time_zone) else zones.NONE
        kwargs["initial"] = {"language": here, "spoken": [here], "zone": zone, "minutes": 90}
        super().__init__(*args, **kwargs)
        self.fields["spoken"].choices = choices.languages()
        self.fields["language"].choices = [
            (code, wording.language_name(code).capitalize()) for code in settings.MODELTRANSLATION_LANGUAGES
        ]

    def webinar(self) -> Webinar:
        data = self.cleaned_data
        made = Webinar(original_language=data["language"], spoken=data["spoken"], **self.time())
        for field in ("title", "summary"):
            setattr(made, f"{field}_{made.original_language}", data[field])
        return made


class PanellistForm(forms.Form):
    """A member, by the address of their profile, or a guest by name."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Of a guest; or the address of a member's profile."),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter a name")},
    )
    affiliation = forms.CharField(label=gettext_lazy("Where they work"), required=False, max_length=200)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Panellist.Role, widget=forms.RadioSelect)

    def __init__(self, *args: Any, webinar: Webinar, by: User, **kwargs: Any) -> None:
        self.webinar, self.by = webinar, by
        kwargs.setdefault("initial", {"role": Panellist.Role.SPEAKER})
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        self.person: User | None = None
        if "/connect/members/" in name:
            people = people_called(name, by=self.by)
            if not people:
                raise forms.ValidationError(_("We find no member at this address"))
            self.person = people[0].user
            if self.webinar.panellists.filter(user=self.person).exists():
                raise forms.ValidationError(_("They are on the panel already"))
        elif len(name) > 120:
            raise forms.ValidationError(_("A name has 120 letters at most"))
        return name

    def panellist(self) -> Panellist:
        return Panellist(
            webinar=self.webinar,
            user=self.person,
            name="" if self.person else self.cleaned_data["name"],
            affiliation=self.cleaned_data["affiliation"],
            role=self.cleaned_data["role"],
        )


class OrganiserForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("A member who may edit it"),
        help_text=gettext_lazy("By name, or by the address of their profile."),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter a name")},
    )

    def __init__(self, *args: Any, by: User, webinar: Webinar, **kwargs: Any) -> None:
        self.by, self.webinar = by, webinar
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        people = people_called(self.cleaned_data["name"], by=self.by)
        if not people:
            raise forms.ValidationError(_("We find no member of this name. Try the address of their profile."))
        if len(people) > 1:
            raise forms.ValidationError(_("Several members are called like this: give the address of the profile"))
        self.person = people[0].user
        if self.webinar.organisers.filter(user=self.person).exists():
            raise forms.ValidationError(_("They may edit it already"))
        return self.cleaned_data["name"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("It stands on the page and in the letter to everybody who registered."),
        max_length=1000,
        widget=area(3),
        error_messages={"required": gettext_lazy("Say why: people planned their day around it")},
    )
