"""Where staff keep the vocabulary."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from treebeard.admin import TreeAdmin
from treebeard.forms import MoveNodeForm, movenodeform_factory

from taxonomy import changes, models, services
from taxonomy.editing import LanguageTabs


class TermAdmin(LanguageTabs):
    """Edits a term and lets everything that shows it hear of that."""

    search_fields = ["slug", "label_en", "label_fr", "label_es"]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        changes.announce(self.model, [form.instance.pk])

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        readonly = list(super().get_readonly_fields(request, obj))
        return [*readonly, "slug"] if obj and hasattr(obj, "slug") else readonly


class NameInline(admin.TabularInline):
    extra = 0
    verbose_name = _("other name")
    verbose_name_plural = _("other names")

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name != "language":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        languages = [(code, settings.LANGUAGE_NAMES[code]) for code in settings.MODELTRANSLATION_LANGUAGES]
        return forms.ChoiceField(label=_("Language"), choices=languages)


class TopicNameInline(NameInline):
    model = models.TopicName


class CountryNameInline(NameInline):
    model = models.CountryName


class TopicForm(MoveNodeForm):
    new_slug = forms.SlugField(
        label=_("New address"), required=False, max_length=80, help_text=_("The address it has now keeps working.")
    )
    merge_into = forms.ModelChoiceField(
        label=_("Merge into"),
        queryset=models.Topic.objects.all(),
        required=False,
        help_text=_(
            "Everything that carries this topic will carry that one. The names of this topic become synonyms, "
            "its address leads there, and it is gone from the tree."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].label = _("Order")  # treebeard asks for a “Position” of its own

    def clean_new_slug(self) -> str:
        slug = self.cleaned_data["new_slug"]
        if slug and services.is_slug_taken(topic=self.instance, slug=slug):
            raise forms.ValidationError(_("Another topic has, or had, this address."))
        return slug

    def clean_merge_into(self) -> models.Topic | None:
        into = self.cleaned_data["merge_into"]
        if into and self.instance.path and into.path.startswith(self.instance.path):
            raise forms.ValidationError(_("A topic cannot be merged into itself or into one below it."))
        return into


@admin.register(models.Topic)
class TopicAdmin(TreeAdmin, TermAdmin):
    form = movenodeform_factory(models.Topic, form=TopicForm, fields=[])  # the fieldsets say which
    translated = ("label", "definition")
    list_display = ["label", "slug", "position"]
    search_fields = ["slug", "label_en", "label_fr", "label_es", "names__text"]
    autocomplete_fields = ["related"]
    inlines = [TopicNameInline]
    first = [(None, {"fields": ["slug", "treebeard_position", "treebeard_ref_node", "position"]})]
    rest = [(_("Elsewhere"), {"fields": ["related", "unesco_uri"]})]
    moving = (_("Address and merging"), {"fields": ["new_slug", "merge_into"], "classes": ["collapse"]})

    def get_fieldsets(self, request: HttpRequest, obj: models.Topic | None = None) -> list:
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, self.moving] if obj else fieldsets

    def save_related(self, request: HttpRequest, form: TopicForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if slug := form.cleaned_data.get("new_slug"):
            services.rename_topic_slug(topic=form.instance, slug=slug)
        if into := form.cleaned_data.get("merge_into"):
            services.merge_topics(topic=form.instance, into=into)
            request.merged_into = into
        else:
            services.announce_branch(topic=form.instance)

    def response_change(self, request: HttpRequest, obj: models.Topic) -> HttpResponse:
        into = getattr(request, "merged_into", None)
        if into is None:
            return super().response_change(request, obj)
        self.message_user(request, _("“%(topic)s” is now part of “%(into)s”.") % {"topic": obj, "into": into})
        return HttpResponseRedirect(reverse("admin:taxonomy_topic_change", args=[into.pk]))

    def move_node(self, request: HttpRequest) -> HttpResponse:
        response = super().move_node(request)
        changes.announce(models.Topic, list(models.Topic.objects.values_list("pk", flat=True)))
        return response

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        changes.announce(models.Topic, list(queryset.values_list("pk", flat=True)))
        super().delete_queryset(request, queryset)


@admin.register(models.Country)
class CountryAdmin(TermAdmin):
    translated = ("name",)
    list_display = ["name", "iso2", "iso3", "income_group", "income_year"]
    list_filter = ["income_group", "regions"]
    search_fields = ["iso2", "iso3", "name_en", "name_fr", "name_es", "names__text"]
    autocomplete_fields = ["regions"]
    inlines = [CountryNameInline]
    first = [(None, {"fields": ["slug", ("iso2", "iso3", "m49")]})]
    rest = [(None, {"fields": ["regions", ("income_group", "income_year")]})]


@admin.register(models.Region)
class RegionAdmin(TermAdmin):
    translated = ("name",)
    list_display = ["name", "kind", "parent"]
    list_filter = ["kind"]
    search_fields = ["slug", "name_en", "name_fr", "name_es"]
    first = [(None, {"fields": ["slug", "kind", "m49", "parent"]})]


@admin.register(models.Goal)
class GoalAdmin(TermAdmin):
    translated = ("short", "text")
    list_display = ["code", "short", "text"]
    list_filter = [("goal", admin.EmptyFieldListFilter)]
    search_fields = ["code", "short_en", "short_fr", "short_es", "text_en", "text_fr", "text_es"]
    first = [(None, {"fields": ["code", "goal", "position"]})]


@admin.register(models.PublicationType)
class PublicationTypeAdmin(TermAdmin):
    translated = ("label",)
    list_display = ["label", "medium", "position"]
    first = [(None, {"fields": ["slug", "medium", "position"]})]
    rest = [(_("In other formats"), {"fields": ["csl_type", "bibtex_type", "ris_type", "schema_type"]})]


@admin.register(models.Licence)
class LicenceAdmin(TermAdmin):
    translated = ("label",)
    list_display = ["label", "spdx", "is_open", "keeps_copy", "position"]
    first = [(None, {"fields": ["slug", "url", "spdx", "is_open", "keeps_copy", "position"]})]


@admin.register(models.Tag)
class TagAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}

    def save_model(self, request: HttpRequest, obj: models.Tag, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        changes.announce(models.Tag, [obj.pk])
