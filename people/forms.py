"""What members type about themselves, and to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from content import wording
from people import choices, orcid
from people.models import Message, Profile, Report
from people.visibility import DEFAULT, FIELDS, Visibility
from taxonomy.models import Country, Topic

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict
    from django.utils.functional import _StrPromise

MOST_LINKS = 5
MOST_CHOSEN = 40  # boxes ticked in one field
FIRST_YEAR, LAST_YEAR = 1940, 2100
WHO_SEES = {
    "photo": gettext_lazy("Who sees your photo"),
    "position": gettext_lazy("Who sees what you do"),
    "biography": gettext_lazy("Who sees what you wrote about you"),
    "country": gettext_lazy("Who sees your country"),
    "affiliations": gettext_lazy("Who sees your organisations"),
    "topics": gettext_lazy("Who sees your topics"),
    "experience": gettext_lazy("Who sees these countries"),
    "languages": gettext_lazy("Who sees your languages"),
    "orcid": gettext_lazy("Who sees your ORCID"),
    "links": gettext_lazy("Who sees your links"),
}


class BoundBoxes(forms.BoundField):
    @cached_property
    def groups(self) -> list[tuple[str, list[dict[str, Any]], bool]]:
        """Label, boxes, and whether one of them is ticked: that group stands open."""
        found = self.field.widget.optgroups(self.name, [str(value) for value in self.value() or []])
        return [(label, boxes, any(box["selected"] for box in boxes)) for label, boxes, _index in found]


class Boxes(forms.MultipleChoiceField):
    """Boxes in groups that open: works without script, by keyboard and on a small screen."""

    widget = forms.CheckboxSelectMultiple
    bound_field_class = BoundBoxes

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_CHOSEN:
            raise ValidationError(_("Choose %(count)s boxes at most.") % {"count": MOST_CHOSEN})


class TermsForm(forms.BaseForm):
    """A form in which a member says what they know about, and which countries."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = choices.topics()
        self.fields["experience"].choices = choices.countries_by_region()

    def terms(self) -> dict[str, Any]:
        return {
            "topics": Topic.objects.filter(slug__in=self.cleaned_data["topics"]),
            "experience": Country.objects.filter(iso2__in=self.cleaned_data["experience"]),
        }


class ProfileForm(TermsForm, forms.ModelForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    country = forms.ChoiceField(label=gettext_lazy("Country where you work"), required=False)
    topics = Boxes(label=gettext_lazy("What you know about"), required=False)
    experience = Boxes(label=gettext_lazy("Countries you have worked on"), required=False)
    languages = Boxes(label=gettext_lazy("Languages you speak"), required=False)
    links = forms.CharField(
        label=gettext_lazy("Links"),
        required=False,
        max_length=1500,
        widget=forms.Textarea({"rows": 3, "inputmode": "url"}),
        help_text=gettext_lazy("Your pages elsewhere, one on each line, five at most."),
    )

    class Meta:
        model = Profile
        fields = ["listing", "contact", "position", "orcid"]
        widgets = {"listing": forms.RadioSelect, "contact": forms.RadioSelect}
        help_texts = {
            "position": gettext_lazy("For example, programme analyst"),
            "orcid": gettext_lazy("For example, 0000-0002-1825-0097"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profile = self.instance
        self.fields["country"].choices = [("", _("Not said")), *choices.countries()]
        self.fields["languages"].choices = choices.languages()
        self.fields["orcid"].max_length = self.fields["orcid"].widget.attrs["maxlength"] = 60  # an address is taken too
        self.fields["orcid"].validators = []
        self.initial |= {
            "name": profile.user.display_name,
            "country": profile.country.iso2 if profile.country else "",
            "topics": [topic.slug for topic in profile.topics.all()] if profile.pk else [],
            "experience": [country.iso2 for country in profile.experience.all()] if profile.pk else [],
            "languages": profile.languages,
            "links": "\n".join(profile.links),
        }
        self._add_biographies()
        self._add_visibility()

    def _add_biographies(self) -> None:
        for code in settings.MODELTRANSLATION_LANGUAGES:
            self.fields[f"biography_{code}"] = forms.CharField(
                label=_("In %(language)s") % {"language": wording.language_name(code)},
                required=False,
                max_length=3000,
                widget=forms.Textarea({"rows": 5, "lang": code}),
            )
            self.initial[f"biography_{code}"] = getattr(self.instance, f"biography_{code}") or ""

    def _add_visibility(self) -> None:
        for name in FIELDS:
            self.fields[f"visible_{name}"] = forms.ChoiceField(label=WHO_SEES[name], choices=Visibility.choices)
            self.initial[f"visible_{name}"] = self.instance.visibility.get(name, DEFAULT)

    def biographies(self) -> list[forms.BoundField]:
        """In the reader's language, and wherever there is text."""
        return [
            field for field in self._every_biography() if field.name == f"biography_{get_language()}" or field.value()
        ]

    def other_biographies(self) -> list[forms.BoundField]:
        shown = self.biographies()
        return [field for field in self._every_biography() if field not in shown]

    def _every_biography(self) -> list[forms.BoundField]:
        return [self[f"biography_{code}"] for code in settings.MODELTRANSLATION_LANGUAGES]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_country(self) -> Country | None:
        return Country.objects.filter(iso2=self.cleaned_data["country"]).first()

    def clean_orcid(self) -> str:
        typed = self.cleaned_data["orcid"].strip()
        found = orcid.in_groups(typed)
        if typed and not found:
            raise ValidationError(_("An ORCID has 16 figures in four groups, such as 0000-0002-1825-0097"))
        if found and not orcid.is_right(found):
            raise ValidationError(_("One figure of this ORCID is not right. Compare it with your ORCID page."))
        return found

    def clean_links(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        links = list(dict.fromkeys(line if "://" in line else f"https://{line}" for line in lines))
        if len(links) > MOST_LINKS:
            raise ValidationError(_("Give five links at most."))
        is_link = URLValidator(schemes=["http", "https"])
        for link in links:
            try:
                is_link(link)
            except ValidationError as error:
                message = _("“%(link)s” is not the address of a page. It begins with https://")
                raise ValidationError(message % {"link": link[:80]}) from error
        return links

    def clean(self) -> dict[str, Any]:
        """What the form alone knows, put on the row that will be saved."""
        cleaned = super().clean() or self.cleaned_data
        biographies = (f"biography_{code}" for code in settings.MODELTRANSLATION_LANGUAGES)
        for name in ("country", "languages", "links", *biographies):
            if name in cleaned:
                setattr(self.instance, name, cleaned[name])
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """What `services.save_profile` takes besides the row."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "visibility": {name: cleaned[f"visible_{name}"] for name in FIELDS},
            **self.terms(),
        }


class WelcomeForm(TermsForm, forms.Form):
    experience = Boxes(label=gettext_lazy("Countries you work on"), required=False)
    topics = Boxes(label=gettext_lazy("Topics you follow"), required=False)
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Your time zone"),
        help_text=gettext_lazy("Times of webinars are shown in it. UTC is the same everywhere."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = choices.time_zones()

    def chosen(self) -> dict[str, Any]:
        return {"time_zone": self.cleaned_data["time_zone"], **self.terms()}


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=gettext_lazy("JPEG, PNG or WebP. We keep the middle of it, as a small square."),
        error_messages={"required": gettext_lazy("Choose a photo first"), "empty": gettext_lazy("This file is empty.")},
    )


def year_field(label: _StrPromise, hint: _StrPromise | str = "") -> forms.IntegerField:
    wrong = gettext_lazy("Write a year with four figures, such as 2019")
    return forms.IntegerField(
        label=label,
        required=False,
        help_text=hint,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 4, "class": "input--s"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


class AffiliationForm(forms.Form):
    role = forms.CharField(label=gettext_lazy("What you do there"), required=False, max_length=120)
    from_year = year_field(gettext_lazy("Since"))
    to_year = year_field(gettext_lazy("Until"), gettext_lazy("Leave empty if you work there now."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from_year"), cleaned.get("to_year")
        if first and last and last < first:
            self.add_error("to_year", _("The last year is before the first"))
        return cleaned


class MessageForm(forms.ModelForm):
    class Meta:
        model = Message
        fields = ["subject", "text"]
        error_messages = {
            "subject": {"required": gettext_lazy("Enter a subject")},
            "text": {"required": gettext_lazy("Write your message")},
        }


class AnswerForm(forms.ModelForm):
    class Meta:
        model = Message
        fields = ["text"]
        labels = {"text": gettext_lazy("Your answer")}
        error_messages = {"text": {"required": gettext_lazy("Write your message")}}


class ReportForm(forms.ModelForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what is wrong")},
    )

    class Meta:
        model = Report
        fields = ["reason", "text"]


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a decision")},
    )
    note = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("For the other editors. Members do not see it."),
        error_messages={"required": gettext_lazy("Give the reason")},
    )

    def __init__(self, *args: Any, may_close: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left_out = () if may_close else (Report.Outcome.CLOSED,)
        self.fields["outcome"].choices = [pair for pair in Report.Outcome.choices if pair[0] not in left_out]


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is made with: an empty one that was sent has errors, one that was only opened has none."""
    return request.POST if request.method == "POST" else None
