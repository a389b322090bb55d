"""Staff's pages for records with a life: texts in tabs, steps through services, translations and history in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from content import registry, services, trail, wording
from content.models import Entry, ReviewStep, TranslationState
from members.addresses import is_ours
from taxonomy.editing import LanguageTabs

if TYPE_CHECKING:
    from members.models import User

Status = Entry.Status


class EntryForm(forms.ModelForm):
    slug = forms.SlugField(
        label=_("Address"),
        required=False,
        max_length=120,
        help_text=_("Last part of the address. Made from the title when left empty. It never changes."),
    )
    original_language = forms.ChoiceField(label=_("Original language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, wording.language_name(code)) for code in settings.MODELTRANSLATION_LANGUAGES]
        if "original_language" in self.fields:
            self.fields["original_language"].choices = languages
        if "status" in self.fields:
            steps = (Status.PUBLISHED, Status.WITHDRAWN) if self.instance.pk else (Status.PUBLISHED,)
            choices = dict.fromkeys((Status(self.instance.status), *steps))
            self.fields["status"].choices = [(status.value, status.label) for status in choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, value in cleaned.items():  # browsers end lines their own way, which is no change of the text
            cleaned[name] = value.replace("\r\n", "\n") if isinstance(value, str) else value
        self._clean_title(cleaned)
        if cleaned.get("status") == Status.WITHDRAWN and not cleaned.get("withdrawal_reason", "").strip():
            self.add_error("withdrawal_reason", _("Say why, in words for readers: the page shows this reason."))
        return cleaned

    def _post_clean(self) -> None:
        """What keeps a record from becoming public stands beside the field, and nothing typed is lost."""
        super()._post_clean()
        becomes = "status" in self.changed_data and self.cleaned_data.get("status") == Status.PUBLISHED
        if self.instance.pk and becomes and not self.errors:
            try:
                services.check_ready(self.instance)
            except services.NotReady as refusal:
                self.add_error("status", str(refusal))

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in self._meta.model.RESERVED_SLUGS:
            raise forms.ValidationError(_("Another page has this address."))
        return slug

    def _clean_title(self, cleaned: dict[str, Any]) -> None:
        name = f"{registry.of(self.instance).title_field}_{cleaned.get('original_language')}"
        title = (cleaned.get(name) or "").strip()
        if name in self.fields and not title:
            self.add_error(name, _("Enter this text at least in the original language."))
        elif not self.instance.pk and not cleaned.get("slug"):
            cleaned["slug"] = free_slug(self._meta.model, title)


def free_slug(model: type[Entry], title: str) -> str:
    """The title as an address that no other record has."""
    stem = slugify(title)[:100].strip("-") or model._meta.model_name
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= set(model.RESERVED_SLUGS)
    candidates = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in candidates if slug not in taken)


class EntryAdmin(LanguageTabs):
    form = EntryForm
    list_per_page = 50
    save_on_top = True
    ordering = ["-updated_at"]
    actions = ["publish_selected"]
    life = (
        _("Life of the record"),
        {"fields": [("status", "withdrawal_reason"), "owner", "published_at", "translations", "history"]},
    )

    def save_entry(self, *, record: Entry, by: User) -> None:
        """An app whose records have rules of their own calls its service here."""
        services.save_record(record=record, by=by)

    def response_post_save_change(self, request: HttpRequest, obj: Entry) -> HttpResponse:
        """Back to the page from which somebody came to edit, where its link said so (`?next=`)."""
        back = request.GET.get("next", "")
        if is_ours(request, back):
            return redirect(back)
        return super().response_post_save_change(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Entry | None = None) -> list[str]:
        shown = ["published_at", "translations", "history"]
        return [*super().get_readonly_fields(request, obj), *shown, *(["slug"] if obj else [])]

    def get_actions(self, request: HttpRequest) -> dict:
        """Records are withdrawn, with a reason, and not deleted by the dozen."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def save_model(self, request: HttpRequest, obj: Entry, form: forms.ModelForm, change: bool) -> None:
        wanted, reason = obj.status, obj.withdrawal_reason
        stored = self.model._default_manager.filter(pk=obj.pk).first()
        obj.status = stored.status if stored else Status.DRAFT
        obj.withdrawal_reason = stored.withdrawal_reason if stored else ""
        if not stored and obj.owner is None:
            obj.owner = request.user
        self.save_entry(record=obj, by=request.user)
        if wanted == Status.PUBLISHED:
            services.publish(record=obj, by=request.user)
        elif wanted == Status.WITHDRAWN:
            services.withdraw(record=obj, by=request.user, reason=reason)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Entry) -> None:
        services.renew_pages(record=obj)
        super().delete_model(request, obj)

    @admin.action(description=_("Publish the chosen records"), permissions=["change"])
    @transaction.atomic
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        for record in queryset:
            services.publish(record=record, by=request.user)

    @admin.display(description=_("Translations"))
    def translations(self, obj: Entry) -> SafeString | str:
        states = TranslationState.objects.filter(**_about(obj)).order_by("language", "field")
        rows = [
            (
                wording.language_name(state.language),
                self.model._meta.get_field(state.field).verbose_name,
                state.get_origin_display(),
                _worth(state),
            )
            for state in states
        ]
        return _table(rows) if rows else _("None yet")

    @admin.display(description=_("History"))
    def history(self, obj: Entry) -> SafeString | str:
        steps = ReviewStep.objects.filter(**_about(obj)).select_related("by").order_by("-at")[:20]
        rows = [(_moment(step.at), step.get_kind_display(), str(step.by or "–"), step.note) for step in steps]
        link = format_html('<a href="{}">{}</a>', trail.address(obj), _("All its changes")) if obj.pk else ""
        return format_html("{} {}", _table(rows) if rows else _("Nothing yet"), link)


def _about(record: Entry) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(record), "object_id": record.pk}


def _worth(state: TranslationState) -> str:
    if state.outdated_since:
        return _("outdated since %(day)s") % {"day": _moment(state.outdated_since)}
    return _("up to date, %(day)s") % {"day": _moment(state.updated_at)}


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def _table(rows: list[tuple]) -> SafeString:
    cells = (format_html_join("", "<td>{}</td>", ((cell,) for cell in row)) for row in rows)
    lines = format_html_join("", "<tr>{}</tr>", ((line,) for line in cells))
    return format_html('<table class="staff-table">{}</table>', lines)
