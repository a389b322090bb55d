"""Where editors make surveys: the survey with its questions, and each question with its options."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest

from surveys.models import Option, Question, Survey
from taxonomy.editing import LanguageTabs

LABELS = [f"label_{code}" for code in settings.MODELTRANSLATION_LANGUAGES]
TEXTS = [f"text_{code}" for code in settings.MODELTRANSLATION_LANGUAGES]


class OptionInline(admin.TabularInline):
    model = Option
    fields = ["position", *LABELS]
    extra = 2


class QuestionInline(admin.StackedInline):
    model = Question
    fields = [("position", "kind", "is_required"), *TEXTS]
    extra = 0
    show_change_link = True


@admin.register(Survey)
class SurveyAdmin(LanguageTabs):
    translated = ("title", "text")
    list_display = ["title", "audience", "is_ready", "opens_at", "closes_at"]
    list_filter = ["is_ready", "audience", "is_anonymous"]
    search_fields = ["title_en", "title_fr", "title_es", "slug"]
    inlines = [QuestionInline]
    first = [(None, {"fields": ["slug", ("audience", "results"), ("is_anonymous", "is_ready")]})]
    rest = [(None, {"fields": [("opens_at", "closes_at")]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What people were promised when they answered is not changed afterwards."""
        return ["is_anonymous"] if obj and obj.participations.exists() else []


@admin.register(Question)
class QuestionAdmin(LanguageTabs):
    translated = ("text",)
    list_display = ["text", "survey", "kind"]
    list_select_related = ["survey"]
    list_filter = ["kind"]
    search_fields = ["text_en", "text_fr", "text_es"]
    autocomplete_fields = ["survey"]
    inlines = [OptionInline]
    first = [(None, {"fields": ["survey", ("position", "kind", "is_required")]})]
