"""The four ways to begin: a file, a pasted reference, a link, a blank form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from content import wording
from publications.importing.reading import read_text
from publications.importing.records import Raw, Unreadable
from publications.titles import title_key

if TYPE_CHECKING:
    from publications.models import Draft

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
MOST_REFERENCES = 50


class FileForm(forms.Form):
    upload = forms.FileField(
        label=_("The file"),
        error_messages={
            "required": _("Choose a file first"),
            "empty": _("This file is empty."),
            "invalid": _("Choose a file first"),
            "max_length": _("The name of this file is too long. Give it a shorter one."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("PDF, Word, PowerPoint, Excel, CSV, picture, sound or video, of %(limit)s at most.")
        self.fields["upload"].help_text = hint % {"limit": wording.file_size(settings.MAX_FILE_BYTES)}


class VersionForm(FileForm):
    """The file of a draft; where the publication has files already, the one it replaces."""

    def __init__(self, data: Any = None, files: Any = None, *, draft: Draft) -> None:
        super().__init__(data, files)
        current = draft.publication.documents.current() if draft.publication else ()
        choices = [(str(one.pk), _("It replaces “%(name)s”") % {"name": one}) for one in current]
        if choices:
            self.fields["replaces"] = forms.ChoiceField(
                label=_("What is it to the files that are there?"),
                choices=[*choices, ("", _("It stands beside them"))],
                initial=draft.first("replaces") or choices[0][0],
                widget=forms.RadioSelect,
                required=False,
            )

    @property
    def uploaded(self) -> dict[str, Any]:
        upload = self.cleaned_data["upload"]
        return {"content": upload, "name": upload.name}


class ReferenceForm(forms.Form):
    reference = forms.CharField(
        label=_("The reference"),
        help_text=_("RIS or BibTeX as a library or a reference manager gives it, or a DOI."),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Paste the reference first")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.references: list[Raw] = []
        if self.is_bound and self.data.get("which"):
            self._offer(_read(str(self.data.get("reference", ""))))

    def clean_reference(self) -> str:
        text = self.cleaned_data["reference"]
        self.references = _read(text)
        if not self.references and (found := _DOI.search(text)):
            self.references = [Raw(1, identifiers=[found.group().rstrip(".,;)")])]
        if not self.references:
            raise forms.ValidationError(
                gettext("We cannot read this as RIS, BibTeX or a DOI. Paste it again, or begin with a blank form.")
            )
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if len(self.references) > 1 and not cleaned.get("which"):
            self._offer(self.references)
            self.add_error("which", _one_only(len(self.references)))
        return cleaned

    def _offer(self, references: list[Raw]) -> None:
        if len(references) < 2:
            return
        self.fields["which"] = forms.ChoiceField(
            label=_("Which one do you share now?"),
            choices=[(str(raw.number), _titled(raw)) for raw in references[:MOST_REFERENCES]],
            widget=forms.RadioSelect,
            error_messages=dict.fromkeys(("required", "invalid_choice"), _one_only(len(references))),
        )

    @property
    def chosen(self) -> Raw:
        """Of a valid form."""
        which = self.cleaned_data.get("which")
        return next((raw for raw in self.references if str(raw.number) == which), self.references[0])


class LinkForm(forms.Form):
    link = forms.URLField(
        label=_("The link"),
        help_text=_("The page or file on the web. We do not open it."),
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={
            "required": _("Enter the link first"),
            "invalid": _("Write the whole address, such as https://www.example.org/report"),
        },
    )


def _read(text: str) -> list[Raw]:
    """The references that say at least a title."""
    try:
        read = read_text(text)
    except Unreadable:
        return []
    return [raw for raw in read if not raw.problem and any(title_key(title) for title in raw.titles.values())]


def _one_only(number: int) -> str:
    return ngettext(
        "This is %(number)s reference. Choose the one to share now",
        "These are %(number)s references. Choose the one to share now",
        number,
    ) % {"number": number}


def _titled(raw: Raw) -> str:
    return Truncator(" ".join(next(iter(raw.titles.values()), "").split())).chars(140) or str(raw.number)
