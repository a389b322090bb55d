"""What somebody without an account types who wants to come: five fields, one of them their consent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy, ngettext

from people import choices
from taxonomy.models import Country
from webinars.models import Registration


def _consent() -> str:
    days = settings.REGISTRATION_DAYS
    text = ngettext(
        "Keep these data to let me in, to write to me about this webinar and to count who came. "
        "My name and address are deleted %(days)s day after it.",
        "Keep these data to let me in, to write to me about this webinar and to count who came. "
        "My name and address are deleted %(days)s days after it.",
        days,
    )
    return text % {"days": days}


class RegisterForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Enter your name")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Email"),
        help_text=gettext_lazy("We send the link there."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Enter your email address"),
            "invalid": gettext_lazy("Enter an email address such as name@example.org"),
        },
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={
            "required": gettext_lazy("Choose your country"),
            "invalid_choice": gettext_lazy("Choose your country"),
        },
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        choices=[("", gettext_lazy("Choose one")), *Registration.Sector.choices],
        error_messages={
            "required": gettext_lazy("Choose your sector"),
            "invalid_choice": gettext_lazy("Choose your sector"),
        },
    )
    consent = forms.BooleanField(
        label=lazy(_consent, str)(),
        error_messages={"required": gettext_lazy("Without your consent we cannot keep your registration")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", gettext_lazy("Choose one")), *choices.countries()]

    def person(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "name": " ".join(data["name"].split()),
            "email": data["email"],
            "country": Country.objects.filter(iso2=data["country"]).first(),
            "sector": data["sector"],
        }
