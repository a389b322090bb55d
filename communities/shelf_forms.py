from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from content.text import one_line
from content.translations import words

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict


class _Named(forms.ModelChoiceField):
    def label_from_instance(self, community: Community) -> str:
        return words(community, "name").text


class ShelveForm(forms.Form):
    community = _Named(
        Community.objects.none(),
        label=_("Community"),
        to_field_name="slug",
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose a community"), "invalid_choice": _("Choose a community")},
    )
    note = forms.CharField(
        label=_("Why it is worth reading"),
        help_text=_("A sentence for colleagues who have five minutes."),
        max_length=300,
        error_messages={"required": _("Say in a sentence why it is worth reading")},
    )

    def __init__(self, data: QueryDict | None = None, *, communities: QuerySet[Community]) -> None:
        super().__init__(data)
        self.fields["community"].queryset = communities  # type: ignore[attr-defined]
        first = list(communities[:2])
        if len(first) == 1:
            self.fields["community"].initial = first[0].slug

    def clean_note(self) -> str:
        note = one_line(self.cleaned_data["note"])
        if not note:
            raise ValidationError(self.fields["note"].error_messages["required"])
        return note
