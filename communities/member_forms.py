"""What people type at the door of a community, and whoever runs it about them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import Membership
from content import wording


class JoinForm(forms.Form):
    """`question`: what the community asks, where one asks to join."""

    answer = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Answer the question: whoever runs the community decides by it")},
    )
    conduct = forms.BooleanField(
        label=gettext_lazy("I have read the code of conduct and accept it"),
        error_messages={"required": gettext_lazy("Read the code of conduct and accept it")},
    )

    def __init__(self, *args: Any, asks: bool, question: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["answer"].label = question or _("What do you work on, and why do you want to join?")
        else:
            del self.fields["answer"]


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your message to the editor"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "textarea--low"}),
        error_messages={"required": gettext_lazy("Write your message first")},
    )


class ReasonForm(forms.Form):
    """Why somebody is declined or removed, or a community archived."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Give the reason")},
    )

    def __init__(self, *args: Any, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=Membership.Role.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose a role")),
    )


class InviteForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("Email address"),
        max_length=254,
        error_messages=dict.fromkeys(
            ("required", "invalid", "max_length"), gettext_lazy("Write a whole address, such as name@example.org")
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"), help_text=gettext_lazy("The one they read most easily.")
    )
    note = forms.CharField(
        label=gettext_lazy("A few words of your own"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (code, wording.language_name(code).capitalize()) for code, _name in settings.LANGUAGES
        ]
