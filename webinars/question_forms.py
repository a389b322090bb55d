"""What people type when they ask, and organisers when they answer or hide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy

from people import choices
from webinars.edit_forms import area
from webinars.models.asked import LONGEST_ANSWER, LONGEST_QUESTION

SHORTEST = 10  # characters of a question


class QuestionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy("One question at a time. Your name is not shown."),
        min_length=SHORTEST,
        max_length=LONGEST_QUESTION,
        widget=area(3),
        error_messages={
            "required": gettext_lazy("Write your question"),
            "min_length": gettext_lazy("Write your question in a whole sentence"),
            "max_length": gettext_lazy("A question has 600 characters at most"),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the question"),
        error_messages={"invalid_choice": gettext_lazy("Choose a language")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = choices.languages()
        self.fields["language"].initial = get_language()


class AnswerForm(forms.Form):
    """In words; in whose name is asked of organisers alone, panellists answer in theirs."""

    name = forms.CharField(
        label=gettext_lazy("Answered by"),
        help_text=gettext_lazy("As it is shown, such as the name of a panellist."),
        max_length=120,
        error_messages={"required": gettext_lazy("Write who answers")},
    )
    text = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=LONGEST_ANSWER,
        widget=area(6),
        error_messages={"required": gettext_lazy("Write the answer")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the answer"),
        error_messages={"invalid_choice": gettext_lazy("Choose a language")},
    )

    def __init__(self, *args: Any, is_named: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = choices.languages()
        if is_named:
            del self.fields["name"]


class HideForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Whoever asked reads it."),
        max_length=300,
        error_messages={"required": gettext_lazy("Write the reason")},
    )


class LinkForm(forms.Form):
    """Where a panellist is written to; members are at the address of their account, which organisers do not see."""

    address = forms.EmailField(
        label=gettext_lazy("Email of the panellist"),
        error_messages={
            "required": gettext_lazy("Enter an email address"),
            "invalid": gettext_lazy("Enter an email address such as name@example.org"),
        },
    )
    spoken = forms.ChoiceField(label=gettext_lazy("Language of the letter"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, is_member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_member:
            self.fields.clear()

    @property
    def email(self) -> str:
        return str(self.cleaned_data.get("address", ""))

    @property
    def language(self) -> str:
        return str(self.cleaned_data.get("spoken", ""))
