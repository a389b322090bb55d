"""Where staff keep series and webinars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from content.editing import EntryAdmin, EntryForm
from content.wording import language_choices
from content.zone_forms import ZoneField
from taxonomy.editing import LanguageTabs
from webinars import services
from webinars.models import AttendanceImport, Figure, Organiser, Panellist, PollWinner, Series, Webinar

if TYPE_CHECKING:
    from members.models import User


class WebinarForm(EntryForm):
    """The time of one that was announced is changed on its own page, which tells everybody who registered."""

    zone = ZoneField()
    spoken = forms.MultipleChoiceField(label=_("Languages spoken"), widget=forms.CheckboxSelectMultiple)
    interpreted = forms.MultipleChoiceField(
        label=_("Languages it is interpreted into"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("spoken", "interpreted"):
            if name in self.fields:
                self.fields[name].choices = language_choices(*(getattr(self.instance, name) or []))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It ends after it starts."))
        return cleaned


class PanellistInline(admin.TabularInline):
    model = Panellist
    extra = 0
    autocomplete_fields = ["user", "organisation"]

    class Form(forms.ModelForm):
        def clean(self) -> dict[str, Any]:
            cleaned = super().clean() or self.cleaned_data
            if not cleaned.get("user") and not cleaned.get("name"):
                self.add_error("name", _("Enter a name, or choose a member."))
            return cleaned

    form = Form


class OrganiserInline(admin.TabularInline):
    model = Organiser
    extra = 0
    autocomplete_fields = ["user"]


class ReadOnly(admin.ModelAdmin):
    """Looked at here, changed on the pages of the webinar."""

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


@admin.register(Webinar)
class WebinarAdmin(EntryAdmin):
    form = WebinarForm
    translated = ("title", "summary", "about")
    list_display = ["title", "starts_at", "series", "status"]
    list_filter = ["status", "series"]
    list_select_related = ["series"]
    search_fields = ["title_en", "title_fr", "title_es", "slug"]
    autocomplete_fields = ["topics", "countries", "regions", "goals", "organisations", "series", "community", "owner"]
    inlines = [PanellistInline, OrganiserInline]
    first = [(None, {"fields": ["slug", "original_language"]})]
    rest = [
        (_("Time in UTC, and the zone of its organisers"), {"fields": [("starts_at", "ends_at"), "zone", "cities"]}),
        (_("Facts"), {"fields": ["series", "community", "organisations", "spoken", "interpreted", "capacity"]}),
        (_("Where people meet"), {"fields": ["provider", "meeting_link"]}),
        (_("Terms"), {"fields": ["topics", "countries", "regions", "goals"]}),
        EntryAdmin.life,
    ]

    def get_readonly_fields(self, request: Any, obj: Any = None) -> list[str]:
        """What was announced is moved, not edited."""
        fixed = ["starts_at", "ends_at", "zone"] if obj and obj.published_at else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def save_entry(self, *, record: Webinar, by: User) -> None:
        services.save_webinar(webinar=record, by=by)


@admin.register(AttendanceImport)
class AttendanceImportAdmin(ReadOnly):
    """Organisers import and undo on their own page, which counts anew."""

    list_display = ["webinar", "tool", "number", "matched", "imported_at", "by"]
    list_filter = ["tool"]
    list_select_related = ["webinar", "by"]
    fields = ["webinar", "tool", "number", "matched", "team", "problems", "day", "read_at", "imported_at", "by"]


@admin.register(Figure)
class FigureAdmin(ReadOnly):
    list_display = ["webinar", "kind", "number", "source", "counted_on", "by"]
    list_filter = ["kind"]
    list_select_related = ["webinar", "by"]


@admin.register(PollWinner)
class PollWinnerAdmin(ReadOnly):
    list_display = ["webinar", "votes", "by", "at"]
    list_select_related = ["webinar", "by"]


@admin.register(Series)
class SeriesAdmin(LanguageTabs):
    translated = ("title", "description")
    list_display = ["title", "slug"]
    search_fields = ["title_en", "title_fr", "title_es", "slug"]
    autocomplete_fields = ["community", "organisations"]
    first = [(None, {"fields": ["slug"]})]
    rest = [(_("Facts"), {"fields": ["community", "organisations"]})]
