"""What members type in discussions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db.models import TextChoices
from django.utils.crypto import get_random_string
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from content import wording
from discussions import attaching
from discussions.models import Post, Thread

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model
    from django.http import QueryDict

# Interface languages first, then those that are written across the field's countries.
ALSO = ("pt", "ar", "ru", "zh", "sw", "hi", "id", "vi", "bn", "ht", "ky", "mg", "ne", "uk", "ur", "uz")
ONE_RECORD = _("Choose the record you mean, or leave the field empty")


def language_choices(*without: str) -> list[tuple[str, str]]:
    codes = dict.fromkeys((*(code for code, _name in settings.LANGUAGES), *ALSO))
    return [(code, capfirst(wording.language_name(code))) for code in codes if code not in without]


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class PostForm(forms.Form):
    """Text, language, and what comes with them. What a file or a record is, is found out when the form is kept."""

    text = forms.CharField(
        label=_("Your text"),
        max_length=Post._meta.get_field("text").max_length,
        help_text=_("Links, simple lists and **bold** work. @ and the handle of somebody here mentions them."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write something first")},
    )
    language = forms.ChoiceField(label=_("Language you write in"))
    upload = forms.FileField(
        label=_("Files"),
        help_text=_("PDF, Word, Excel, PowerPoint, pictures. Five at most."),
        required=False,
        widget=SeveralFiles,
    )
    record = forms.CharField(
        label=_("Something from the portal"),
        help_text=_("Its short address, such as /p/p12, or words of its title."),
        required=False,
        max_length=300,
    )
    to = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    BESIDE = ("upload", "record")  # stand in a part that opens
    KEPT = ("title", "kind", "text", "language", "record", "to", "key")

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        first = {"language": get_language() or settings.LANGUAGE_CODE, "key": get_random_string(24), **(initial or {})}
        super().__init__(data, initial=first, label_suffix="")
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]
        self.offered: list[Model] = []  # records that the words of `record` may mean

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n").strip()

    def typed(self) -> dict[str, str]:
        """As it was typed, right or wrong."""
        return {name: self.data.get(name, "")[:25_000] for name in self.KEPT if name in self.fields}

    def find_record(self) -> str:
        """The name of the record that was meant, if that is certain; else the form offers some, or says so."""
        text = self.data.get("record", "").strip()[:300]
        if not text:
            return ""
        found = attaching.meant(text)
        if len(found) == 1:
            return attaching.name_of(found[0])
        self.offered = found
        self.add_error("record", ONE_RECORD if found else _("We found nothing under these words"))
        return ""


class ThreadForm(PostForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=Thread._meta.get_field("title").max_length,
        error_messages={"required": _("Give it a title, so that others know whether it is for them")},
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("discussion", "What it is"),
        choices=Thread.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it is"), "invalid_choice": _("Say what it is")},
    )
    field_order = ("kind", "title", "language", "text", "upload", "record")


class EditForm(forms.Form):
    text = forms.CharField(
        label=_("Your text"),
        max_length=Post._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write something first")},
    )
    language = forms.ChoiceField(label=_("Language you write in"))

    def __init__(self, data: QueryDict | None, *, initial: dict[str, Any], without: Collection[str] = ()) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        self.fields["language"].choices = language_choices(*without)  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n").strip()


class TitleForm(forms.Form):
    title = ThreadForm.base_fields["title"]
    kind = ThreadForm.base_fields["kind"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody who reads the discussion sees it."),
        max_length=Thread._meta.get_field("locked_reason").max_length,
        error_messages={"required": _("Give a reason, which everybody reads")},
    )


class Show(TextChoices):
    """What a list can be narrowed to."""

    ALL = "", pgettext_lazy("discussions", "All")
    QUESTIONS = Thread.Kind.QUESTION, _("Questions")
    UNANSWERED = "unanswered", _("Unanswered")
    NEWS = Thread.Kind.NEWS, pgettext_lazy("discussions", "News")
    CALLS = Thread.Kind.CALL, _("Open calls")
    RESOURCES = Thread.Kind.RESOURCE, _("Resources")
