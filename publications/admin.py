"""Where staff keep the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from content import wording
from content.editing import EntryAdmin, EntryForm
from content.wording import language_choices
from files.services import check_file
from publications import services
from publications.models import Author, Document, Publication, Publisher, Series
from taxonomy.editing import LanguageTabs

if TYPE_CHECKING:
    from members.models import User


class PublicationForm(EntryForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages of the document"), widget=forms.CheckboxSelectMultiple, required=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "owner" in self.fields:
            self.fields["owner"].label = _("Member who shared it")
        if "languages" in self.fields:
            self.fields["languages"].choices = language_choices(*(self.instance.languages or []))


class DocumentForm(forms.ModelForm):
    upload = forms.FileField(label=_("File"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    class Meta:
        model = Document
        fields = ["upload", "language", "title", "position", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.instance.file.language if self.instance.pk else ""
        self.fields["language"].choices = [("", "–"), *language_choices(*filter(None, [language]))]
        self.initial["language"] = language
        self.fields["upload"].required = not self.instance.pk
        if self.instance.pk:
            self.fields["upload"].label = _("New version")

    def clean_upload(self) -> UploadedFile | None:
        """The file is opened here, so that a refusal stands beside the field."""
        upload = self.cleaned_data["upload"]
        if upload:
            check_file(content=upload)
        return upload


class DocumentInline(admin.StackedInline):
    model = Document
    form = DocumentForm
    extra = 0
    fields = ["described", "upload", "language", ("title", "position"), "note"]
    readonly_fields = ["described"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """What readers are offered; versions that were replaced stay as they were."""
        return super().get_queryset(request).select_related("file").filter(replaced_on=None)

    @admin.display(description=_("Stored"))
    def described(self, obj: Document) -> SafeString | str:
        if not obj.pk:
            return "–"
        facts = [obj.file.get_kind_display(), wording.file_size(obj.file.size), _("version %d") % obj.version]
        return format_html(
            '<a href="{}">{}</a> ({})', obj.file.get_absolute_url(), obj.file.name, ", ".join(map(str, facts))
        )


class AuthorInline(admin.TabularInline):
    model = Author
    extra = 0


class PublisherInline(admin.TabularInline):
    model = Publisher
    extra = 0
    autocomplete_fields = ["organisation"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("organisation")


@admin.register(Publication)
class PublicationAdmin(EntryAdmin):
    form = PublicationForm
    translated = ("title", "abstract")
    list_display = ["title", "type", "year", "original_language", "status", "provenance"]
    list_filter = ["status", "type", "provenance", "original_language", "licence", "series"]
    list_select_related = ["type"]
    search_fields = [
        *("title_en", "title_fr", "title_es", "abstract_en", "abstract_fr", "abstract_es"),
        *("slug", "doi", "isbn", "authors__family"),
    ]
    autocomplete_fields = ["topics", "countries", "regions", "goals", "series", "owner", "related"]
    inlines = [AuthorInline, PublisherInline, DocumentInline]
    first = [(None, {"fields": ["slug", "type", "original_language", "languages"]})]
    rest = [
        (_("What it is about"), {"fields": ["topics", "countries", "regions", "goals", "tags", "related"]}),
        (_("Appeared"), {"fields": [("year", "month", "day"), ("series", "series_number"), "journal"]}),
        (_("Where it is found"), {"fields": ["licence", "link", ("doi", "isbn", "handle")]}),
        (_("Where it comes from"), {"fields": [("provenance", "shows_owner"), ("source", "source_record")]}),
        EntryAdmin.life,
    ]

    def save_entry(self, *, record: Publication, by: User) -> None:
        services.save_publication(publication=record, by=by)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not Document:
            super().save_formset(request, form, formset, change)
            return
        try:
            save_documents(formset, by=request.user)
        except forms.ValidationError as error:  # somebody else replaced the same file at the same time
            self.message_user(request, " ".join(error.messages), messages.ERROR)


def save_documents(formset: Any, *, by: User) -> None:
    """Every file goes through the services, which look into it and write down who did what."""
    formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
    for form in formset.forms:
        document, data = form.instance, form.cleaned_data
        if data.get("DELETE"):
            if document.pk:
                formset.deleted_objects.append(document)
                services.remove_document(document=document, by=by)
        elif not document.pk and data.get("upload"):
            formset.new_objects.append(_add(formset.instance, data, by))
        elif document.pk and form.has_changed():
            formset.changed_objects.append((_change(document, data, by), form.changed_data))


def _add(publication: Publication, data: dict[str, Any], by: User) -> Document:
    upload = data["upload"]
    return services.add_document(
        publication=publication,
        content=upload,
        name=upload.name,
        language=data["language"],
        title=data["title"],
        by=by,
    )


def _change(document: Document, data: dict[str, Any], by: User) -> Document:
    document.file.language = data["language"]
    document.file.save(update_fields=["language"])
    upload, note = data.get("upload"), data["note"]
    document.save(update_fields=["title", "position"] if upload else ["title", "position", "note"])
    if upload:
        return services.replace_document(document=document, content=upload, name=upload.name, note=note, by=by)
    return document


@admin.register(Series)
class SeriesAdmin(LanguageTabs):
    translated = ("title",)
    list_display = ["title", "organisation"]
    search_fields = ["title_en", "title_fr", "title_es", "slug"]
    autocomplete_fields = ["organisation"]
    first = [(None, {"fields": ["slug", "organisation"]})]
