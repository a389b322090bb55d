from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your message to the editor"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "textarea--low"}),
        error_messages={"required": _("Write your message first")},
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you withdraw it?"),
        help_text=_("Readers who follow a link to it see this reason."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, in words for readers")},
    )
