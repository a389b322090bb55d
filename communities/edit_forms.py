"""What an administrator changes of a community: its texts in one language, and its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import Community
from communities.request_forms import ACCESS, Access, area
from communities.terms_forms import WithTerms
from content.translations import words
from people import choices
from people.forms import Boxes

if TYPE_CHECKING:
    pass

TEXTS = ("name", "purpose", "about", "audience", "question")


class TextsForm(forms.Form):
    """In one language. The original has a name and a purpose at least; a translation whatever there is of it."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=160,
        error_messages={"required": gettext_lazy("Give the community a name")},
    )
    purpose = forms.CharField(
        label=gettext_lazy("What it is for"),
        help_text=gettext_lazy("Two or three sentences, as readers will see them on its page."),
        max_length=1000,
        widget=area(4),
        error_messages={"required": gettext_lazy("Say what the community is for")},
    )
    audience = forms.CharField(label=gettext_lazy("Who it is for"), required=False, max_length=1000, widget=area(2))
    about = forms.CharField(
        label=gettext_lazy("More about it"),
        help_text=gettext_lazy("Stands on the page About. Markdown: **bold**, [words](https://…), lists with -"),
        required=False,
        max_length=10_000,
        widget=area(10),
    )
    question = forms.CharField(label=gettext_lazy("Your question to who asks to join"), required=False, max_length=300)

    def __init__(self, *args: Any, record: Community, language: str, **kwargs: Any) -> None:
        self.record, self.language = record, language
        kwargs["initial"] = {field: getattr(record, f"{field}_{language}") for field in TEXTS}
        super().__init__(*args, **kwargs)
        if language != record.original_language:
            self.fields["name"].required = self.fields["purpose"].required = False
        if record.access != Access.REQUEST:
            del self.fields["question"]
        for field in self.fields.values():
            field.widget.attrs["lang"] = language

    def filled(self) -> Community:
        for field in self.fields:
            setattr(self.record, f"{field}_{self.language}", self.cleaned_data[field])
        return self.record


class SettingsForm(WithTerms):
    countries_in = "experience"
    access = forms.ChoiceField(
        label=gettext_lazy("Who may join"),
        choices=ACCESS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who may join")},
    )
    sure = forms.BooleanField(label=gettext_lazy("Yes, hide it from everybody but its members"), required=False)
    languages = Boxes(
        label=gettext_lazy("Languages spoken there"),
        error_messages={"required": gettext_lazy("Choose at least one language")},
    )
    topics = Boxes(label=gettext_lazy("Topics"), required=False)
    experience = Boxes(label=gettext_lazy("Countries"), required=False)
    organisations = forms.CharField(
        label=gettext_lazy("Organised by"),
        help_text=gettext_lazy("Organisations, one on each line, by name or acronym in any language."),
        required=False,
        max_length=3000,
        widget=area(3),
    )

    def __init__(self, *args: Any, record: Community, **kwargs: Any) -> None:
        self.record = record
        kwargs["initial"] = {
            "access": record.access,
            "languages": record.languages,
            "topics": [topic.slug for topic in record.topics.all()],
            "experience": [country.iso2 for country in record.countries.all()],
            "organisations": "\n".join(words(one, "name").text for one in record.organisations.published()),
        }
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = choices.languages()
        self.fields["topics"].choices = choices.topics()
        self.fields["experience"].choices = choices.countries_by_region()
        if not self.hides:
            del self.fields["sure"]

    @property
    def hides(self) -> bool:
        """Whether what everybody knew of is to become private."""
        return self.is_bound and self.data.get("access") == Access.PRIVATE and not self.record.is_private

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.hides and not cleaned.get("sure"):
            self.add_error(
                "sure",
                _(
                    "It leaves the list, the search and all feeds at once, and links to its discussions and documents "
                    "no longer open for anybody but its members. Confirm that you want this."
                ),
            )
        return cleaned

    def filled(self) -> Community:
        self.record.access = self.cleaned_data["access"]
        self.record.languages = self.cleaned_data["languages"]
        return self.record
