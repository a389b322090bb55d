from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from content import caching
from people.conversations import REPORTS
from people.models import Message, Profile, Report


@admin.register(Profile)
class ProfileAdmin(admin.ModelAdmin):
    """For administrators alone, who see also what a member keeps to themselves."""

    list_display = ["user", "handle", "listing", "contact"]
    list_select_related = ["user"]
    list_filter = ["listing", "contact"]
    search_fields = ["handle", "user__display_name", "user__email"]
    autocomplete_fields = ["user", "country", "topics", "experience"]
    raw_id_fields = ["photo"]
    readonly_fields = ["handle"]


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    list_display = ["created_at", "reported", "reason", "outcome", "decided_by"]
    list_filter = ["outcome", "reason"]
    raw_id_fields = ["reporter", "reported", "message", "decided_by"]

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        caching.bump(REPORTS)

    def delete_model(self, request: HttpRequest, obj: Report) -> None:
        super().delete_model(request, obj)
        caching.bump(REPORTS)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        super().delete_queryset(request, queryset)
        caching.bump(REPORTS)


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    """Who wrote to whom and when. What they wrote is theirs."""

    list_display = ["sent_at", "sender", "recipient"]
    list_display_links = None  # the page of a message would carry its subject as a heading
    fields = ["sent_at", "sender", "recipient"]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
