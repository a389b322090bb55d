"""Where staff keep the agenda. Times are typed in UTC here; proposals come with their own zone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agenda import services
from agenda.models import LANGUAGES, Event, EventLink, Session, Stream
from blog.admin import LinkForm
from content import wording, zones
from content.editing import EntryAdmin, EntryForm

if TYPE_CHECKING:
    from members.models import User


class EventForm(EntryForm):
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones.choices)
    languages = forms.MultipleChoiceField(label=_("Languages"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "languages" in self.fields:
            self.fields["languages"].choices = [(code, wording.language_name(code)) for code in LANGUAGES]


class StreamInline(admin.TabularInline):
    model = Stream
    extra = 0


class SessionInline(admin.TabularInline):
    model = Session
    extra = 0
    fields = ["starts_at", "ends_at", "title_en", "title_fr", "title_es", "people"]


class EventLinkForm(LinkForm):
    class Meta:
        model = EventLink
        fields = ["record_address", "position"]


class LinkInline(admin.TabularInline):
    model = EventLink
    form = EventLinkForm
    extra = 0
    verbose_name = _("record that came out of it")
    verbose_name_plural = _("what came out of it: documents, posts, a community")


@admin.register(Event)
class EventAdmin(EntryAdmin):
    form = EventForm
    translated = ("title", "summary", "body")
    list_display = ["title", "kind", "starts_at", "ends_at", "place", "status"]
    list_filter = ["status", "kind", "original_language"]
    search_fields = [
        *(f"{name}_{code}" for name in ("title", "summary") for code in ("en", "fr", "es")),
        "slug",
        "place",
    ]
    autocomplete_fields = ["topics", "countries", "regions", "goals", "organisations", "owner"]
    inlines = [StreamInline, SessionInline, LinkInline]
    first = [
        (None, {"fields": ["slug", "kind", "original_language"]}),
        (_("When"), {"fields": [("starts_at", "ends_at"), ("zone", "whole_days")]}),
    ]
    rest = [
        (_("Where and who"), {"fields": ["place", "organisations", "others", "languages", "link"]}),
        (_("What it is about"), {"fields": ["topics", "countries", "regions", "goals", "tags"]}),
        EntryAdmin.life,
    ]

    def save_entry(self, *, record: Event, by: User) -> None:
        services.save_event(event=record, by=by)
