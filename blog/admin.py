"""Where staff keep the blog. A post is looked at in each language on its own page before it is public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from blog import pieces, services
from blog.models import BlogAuthor, BlogImage, BlogLink, BlogPost, BlogSeries
from content import registry, wording
from content.addresses import key_in
from content.editing import EntryAdmin, EntryForm
from content.services import NotReady
from files.services import check_file
from taxonomy.editing import LanguageTabs

if TYPE_CHECKING:
    from members.models import User


class BlogPostForm(EntryForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("series") and cleaned.get("series_number") is None and not self.errors.get("series_number"):
            cleaned["series_number"] = services.next_number(cleaned["series"])
        if cleaned.get("series_number") is not None and not cleaned.get("series"):
            self.add_error("series_number", _("Choose the series in which it has this number."))
        if cleaned.get("status") == BlogPost.Status.PUBLISHED:
            name = f"body_{cleaned.get('original_language')}"
            if name in self.fields and not (cleaned.get(name) or "").strip():
                self.add_error(name, _("A post without a text is not published."))
            elif pieces.waits_for_its_author(self.instance, cleaned):
                self.add_error("status", _("Its author has not agreed to this text. Decide about it in the inbox."))
        return cleaned


class AuthorInline(admin.TabularInline):
    model = BlogAuthor
    extra = 0
    autocomplete_fields = ["user"]
    verbose_name_plural = _("authors: members, or guests by name")


class ImageForm(forms.ModelForm):
    upload = forms.FileField(label=_("File"), required=False)

    class Meta:
        model = BlogImage
        fields = ["upload", "position", "credit", "licence", "alt_en", "alt_fr", "alt_es"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = not self.instance.pk
        for code in ("en", "fr", "es"):
            self.fields[f"alt_{code}"].required = False
        self.fields["credit"].error_messages["required"] = _("Say who made the picture.")
        self.fields["licence"].error_messages["required"] = _("Say under which licence it may be shown.")

    def clean_upload(self) -> UploadedFile | None:
        """The file is opened here, so that a refusal stands beside the field."""
        upload = self.cleaned_data["upload"]
        if upload:
            check_file(content=upload)
            if not (upload.content_type or "").startswith("image/"):
                raise forms.ValidationError(_("This is not a picture."))
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(cleaned.get(f"alt_{code}", "") for code in ("en", "fr", "es")):
            self.add_error("alt_en", _("Say what the picture shows, for those who do not see it, in one language."))
        return cleaned


class ImageInline(admin.StackedInline):
    model = BlogImage
    form = ImageForm
    extra = 0
    readonly_fields = ["described"]
    fields = [
        "described",
        "upload",
        ("position", "credit", "licence"),
        *(f"{name}_{code}" for name in ("alt", "caption") for code in ("en", "fr", "es")),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("file", "licence")

    @admin.display(description=_("Stored"))
    def described(self, obj: BlogImage) -> SafeString | str:
        if not obj.pk:
            return "–"
        size = wording.file_size(obj.file.size)
        return format_html('<a href="{}">{}</a> ({})', obj.file.get_absolute_url(), obj.file.name, size)


class LinkForm(forms.ModelForm):
    """A record is named by its permanent address, as its page shows it."""

    record_address = forms.CharField(label=_("Permanent address of the record"), help_text="/p/p12")

    class Meta:
        model = BlogLink
        fields = ["record_address", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and (record := self.instance.record):
            self.initial["record_address"] = f"/p/{registry.of(record).short}{record.pk}"

    def clean_record_address(self) -> str:
        typed = self.cleaned_data["record_address"].rstrip("/").rsplit("/", 1)[-1]
        kind = next((one for one in registry.all_types() if typed[:1] == one.short), None)
        key = key_in(typed[1:])
        record = kind.published().filter(pk=key).first() if kind and key is not None else None
        if record is None:
            raise forms.ValidationError(_("We know no public record of this address."))
        self.instance.record = record
        return str(self.cleaned_data["record_address"])


class LinkInline(admin.TabularInline):
    model = BlogLink
    form = LinkForm
    extra = 0
    verbose_name = _("record it is about")
    verbose_name_plural = _("records it is about")


@admin.register(BlogPost)
class BlogPostAdmin(EntryAdmin):
    form = BlogPostForm
    translated = ("title", "summary", "body")
    list_display = ["title", "kind", "series", "series_number", "original_language", "status"]
    list_filter = ["status", "kind", "series", "original_language"]
    list_select_related = ["series"]
    search_fields = [*(f"{name}_{code}" for name in ("title", "summary") for code in ("en", "fr", "es")), "slug"]
    autocomplete_fields = ["topics", "countries", "regions", "goals", "series", "owner"]
    inlines = [AuthorInline, ImageInline, LinkInline]
    first = [(None, {"fields": ["slug", "kind", "original_language", ("series", "series_number")]})]
    rest = [
        (_("What it is about"), {"fields": ["topics", "countries", "regions", "goals", "tags"]}),
        EntryAdmin.life,
    ]

    def save_entry(self, *, record: BlogPost, by: User) -> None:
        services.save_post(post=record, by=by)

    @admin.action(description=_("Publish the chosen records"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: Any) -> None:
        try:
            super().publish_selected(request, queryset)
        except NotReady as error:
            self.message_user(request, str(error), messages.ERROR)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not BlogImage:
            super().save_formset(request, form, formset, change)
            return
        for one in formset.forms:
            if one.has_changed() and (upload := one.cleaned_data.get("upload")):
                one.instance.file = services.stored_picture(content=upload, name=upload.name)
        super().save_formset(request, form, formset, change)
        services.forget_pictures(formset.deleted_objects)


@admin.register(BlogSeries)
class BlogSeriesAdmin(LanguageTabs):
    translated = ("title", "description")
    list_display = ["title", "slug"]
    search_fields = ["title_en", "title_fr", "title_es", "slug"]
    first = [(None, {"fields": ["slug"]})]
