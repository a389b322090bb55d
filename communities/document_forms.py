"""What a member says of a document. A file that arrived is kept while anything else has to be said again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities import document_services as services
from communities.models import Community, Document, Folder
from content import wording
from content.text import one_line
from files.services import store_file

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from files.models import StoredFile
    from members.models import User


class FileForm(forms.Form):
    """Ask `is_whole`, not `is_valid`: it takes the file too, whatever else is wrong."""

    upload = forms.FileField(
        label=_("The file"),
        error_messages={
            "required": _("Choose a file first"),
            "empty": _("This file is empty."),
            "invalid": _("Choose a file first"),
            "max_length": _("The name of this file is too long. Give it a shorter one."),
        },
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, files: MultiValueDict | None = None, *, by: User, **kwargs: Any
    ) -> None:
        super().__init__(data.copy() if data is not None else None, files, **kwargs)
        self.by = by
        self.stored: StoredFile | None = None
        hint = _("PDF, Word, PowerPoint, Excel, CSV, picture, sound or video, of %(limit)s at most.")
        self.fields["upload"].help_text = hint % {"limit": wording.file_size(settings.MAX_FILE_BYTES)}
        if ticket := self.data.get("kept"):
            self._hold(services.kept_file(ticket=ticket, by=by))

    def _hold(self, stored: StoredFile | None) -> None:
        self.stored = stored
        if self.is_bound:
            self.data["kept"] = services.ticket_of(stored=stored, by=self.by) if stored else ""
        if stored:
            self.fields["upload"].required = False
            self.fields["upload"].label = _("Another file instead")

    def is_whole(self) -> bool:
        is_valid = self.is_valid()
        if upload := self.cleaned_data.get("upload") if self.is_bound else None:
            try:
                self._hold(store_file(content=upload, name=upload.name))
            except ValidationError as error:
                self.add_error("upload", error)
                return False
        return is_valid and self.stored is not None


class FolderFields(forms.Form):
    """A folder there is, or the name of a new one."""

    folder = forms.ModelChoiceField(
        Folder.objects.none(), label=_("Folder"), required=False, empty_label=_("In no folder")
    )
    new_folder = forms.CharField(label=_("A new folder"), max_length=120, required=False)

    def ask_for_folder(self, community: Community) -> None:
        self.community = community
        folders = Folder.objects.filter(community=community)
        self.fields["folder"].queryset = folders  # type: ignore[attr-defined]
        if not folders:
            del self.fields["folder"]

    def chosen_folder(self) -> Folder | None:
        """What is typed wins: whoever names a new folder has no use for the list."""
        made = services.folder_called(community=self.community, name=self.cleaned_data["new_folder"])
        return made or self.cleaned_data.get("folder")


class AboutFields(FolderFields):
    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Say what members will find under this title")}
    )
    language = forms.ChoiceField(
        label=_("Language of the document"), error_messages={"required": _("Choose the language of the document")}
    )

    def ask_for_language(self, *known: str) -> None:
        choices = [("", _("Choose one")), *wording.language_choices(*filter(None, known))]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise ValidationError(self.fields["title"].error_messages["required"])
        return title


class DocumentForm(FileForm, AboutFields):
    note = forms.CharField(
        label=_("A note"), help_text=_("What it is and what it is for, in a sentence."), max_length=300, required=False
    )
    field_order = ("upload", "title", "language", "folder", "new_folder", "note", "kept")

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = _("Leave it empty to be offered what the file says of itself.")
        self.ask_for_language()
        self.ask_for_folder(community)

    def is_whole(self) -> bool:
        is_whole = super().is_whole()
        if self.stored is not None:
            self._offer("title", one_line(self.stored.guesses.get("title") or "", 200))
            self._offer("language", self.stored.guesses.get("language") or "")
        return is_whole

    def _offer(self, name: str, guess: str) -> None:
        """What the file says stands in an empty field, for the member to look at: it is never taken unseen."""
        if not guess or self.data.get(name, "").strip():
            return
        if name == "language" and guess not in dict(self.fields["language"].choices):  # type: ignore[attr-defined]
            return
        self.data[name] = guess
        self.errors.pop(name, None)
        self.add_error(name, gettext("This is what the file says of itself: check it"))

    def chosen(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("title", "language", "note")}
        return said | {"folder": self.chosen_folder(), "stored": self.stored}


class VersionForm(FileForm):
    note = forms.CharField(
        label=_("What is new"), help_text=_("In a sentence, for those who know the last version."), max_length=300
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)  # the number of the version that stood on the page
    field_order = ("upload", "note", "kept", "seen")

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": document.current.number if document.current else 0}, **kwargs)
        self.fields["note"].required = False

    def chosen(self) -> dict[str, Any]:
        return {"note": self.cleaned_data["note"], "seen": self.cleaned_data["seen"], "stored": self.stored}


class ChangeForm(AboutFields):
    field_order = ("title", "language", "folder", "new_folder")

    def __init__(self, data: QueryDict | None = None, *, document: Document) -> None:
        initial = {"title": document.title, "language": document.language, "folder": document.folder_id}
        super().__init__(data, initial=initial)
        self.ask_for_language(document.language)
        self.ask_for_folder(document.community)

    def chosen(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("title", "language")}
        return said | {"folder": self.chosen_folder()}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Members read it in place of the document."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, so that members understand")},
    )


class FolderForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Write the name of the folder")}
    )

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"])
        return name
