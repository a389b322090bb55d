"""The fields in which a member describes a publication, with their words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from taxonomy.models import Licence, PublicationType, Topic

OLDEST = 1800
MOST_TOPICS = 5
MOST_LINES = 40  # authors, organisations, places: a longer list is no list of a title page
MOST_TAGS = 8
OPEN, OWN, LINK = "open", "own", "link"  # may it be shared?
NEW, LEAVE_OUT = "new", "none"  # what to do with an organisation we do not know


def _explained(label: Any, hint: Any) -> Any:
    return lazy(format_html, str)('{}<br><span class="hint">{}</span>', label, hint)


SHARING = (
    (OPEN, _explained(_("Yes, it has an open licence"), _("Such as Creative Commons. We keep a copy here."))),
    (OWN, _explained(_("Yes, I or my organisation own it"), _("You agree that we keep a copy here."))),
    (LINK, _explained(_("No, or I am not sure"), _("We link to it and keep no copy."))),
)


def low() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2, "class": "textarea--low"})


def short() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input--s"})


def short_number() -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": "numeric", "class": "input--s"})


def lines_field(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=6000, widget=low())


class DetailsFields(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=600,
        widget=low(),
        error_messages={"required": _("Enter the title as it appears on the document")},
    )
    language = forms.ChoiceField(label=_("Language of the document"))
    words_language = forms.ChoiceField(
        label=_("Language of the title as you wrote it here"),
        help_text=_("We keep titles and descriptions in English, French or Spanish."),
        error_messages={"required": _("Say in which language you wrote the title here")},
    )
    type = forms.ModelChoiceField(
        PublicationType.objects.all(),
        to_field_name="slug",
        label=_("What it is"),
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose what it is"), "invalid_choice": _("Choose what it is")},
    )
    year = forms.IntegerField(
        label=_("Year"),
        help_text=_("For example, 2019"),
        widget=short_number(),
        error_messages={
            "required": _("Enter the year it was published"),
            "invalid": _("Write the year with four figures, such as 2019"),
        },
    )
    organisations = lines_field(
        _("Organisations that published it"), _("One on each line, by name or acronym in any language.")
    )
    authors = lines_field(_("Authors"), _("One on each line, family name first: Sen, Amartya"))
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(),
        to_field_name="slug",
        label=_("Topics"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic")},
    )
    places = lines_field(
        _("Countries and regions"),
        _("One on each line. Leave it empty if it is about no place in particular."),
    )
    abstract = forms.CharField(
        label=_("Short description"),
        help_text=_("Two or three sentences in plain words. What will a colleague learn?"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    sharing = forms.ChoiceField(
        label=_("May it be shared?"),
        choices=SHARING,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the document may be shared")},
    )
    licence = forms.ModelChoiceField(
        Licence.objects.filter(keeps_copy=True).exclude(url=""),
        to_field_name="slug",
        label=_("Which open licence"),
        help_text=_("If it has one: it stands on one of the first or last pages."),
        required=False,
        empty_label="–",
    )
    link = forms.URLField(
        label=_("Link to the original"),
        help_text=_("The page where it was published."),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": _("Write the whole address, such as https://www.example.org/report")},
    )
    month = forms.TypedChoiceField(label=_("Month"), required=False, coerce=int, empty_value=None)
    day = forms.IntegerField(
        label=_("Day"),
        required=False,
        min_value=1,
        max_value=31,
        widget=short_number(),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write the day as a number from 1 to 31")
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("Other languages in the same document"), required=False, widget=forms.CheckboxSelectMultiple
    )
    doi = forms.CharField(
        label="DOI", required=False, max_length=300, help_text=_("For example, 10.1787/9789264308114-en")
    )
    isbn = forms.CharField(label="ISBN", required=False, max_length=40)
    series = forms.CharField(label=_("Series"), required=False, max_length=200)
    series_number = forms.CharField(
        label=_("Number in the series"),
        required=False,
        max_length=40,
        widget=short(),
    )
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=400, help_text=_("Your own words, separated by commas.")
    )
    shows_owner = forms.BooleanField(label=_("Show my name as the member who shared it"), required=False)
    note = forms.CharField(label=_("Note to the editor"), required=False, max_length=2000, widget=low())

    most_topics = MOST_TOPICS
    AFTER_TOPICS = ("places", "abstract", "sharing", "licence", "link")
    AT_THE_END = ("shows_owner", "note")
    RARE = ("month", "day", "languages", "doi", "isbn", "series", "series_number", "tags")


def changes_field() -> forms.CharField:
    """Takes the place of the note where a published record is corrected."""
    return forms.CharField(
        label=_("What did you change, and why?"),
        help_text=_("Readers see this sentence beside a new version of a file."),
        max_length=300,
        widget=low(),
        error_messages={"required": _("Say what you changed")},
    )
