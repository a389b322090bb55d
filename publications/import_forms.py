from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from content import wording
from content.models import Entry
from files.inspection import refusal
from taxonomy.models import Licence

STATES = (Entry.Status.DRAFT, Entry.Status.PUBLISHED)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "RIS, BibTeX, CSL-JSON or CSV, in any encoding. Nothing is written until you have seen the result."
        ),
        error_messages={"required": _("Choose a file first"), "empty": _("This file is empty.")},
    )
    source = forms.CharField(
        label=_("Where the references come from"),
        max_length=120,
        required=False,
        help_text=_("Stays with each record, such as “ODI library”. Left empty: the name of the file."),
    )
    licence = forms.ModelChoiceField(
        label=_("Licence of references that state none"), queryset=Licence.objects.none(), empty_label=None
    )
    language = forms.ChoiceField(label=_("Language of references that show none"))
    status = forms.ChoiceField(label=_("New records become"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        licences = self.fields["licence"]
        licences.queryset = Licence.objects.all()
        licences.initial = Licence.objects.filter(slug="not-stated").first()
        codes = settings.MODELTRANSLATION_LANGUAGES
        self.fields["language"].choices = [(code, wording.language_name(code)) for code in codes]
        self.fields["status"].choices = [(state.value, state.label) for state in STATES]

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_FILE_BYTES:
            raise refusal("too_large", max_size=wording.file_size(settings.MAX_FILE_BYTES))
        return file
