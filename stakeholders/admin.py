from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from content.editing import EntryAdmin
from stakeholders.models import Affiliation, Organisation, OrganisationName


class OtherNameInline(admin.TabularInline):
    model = OrganisationName
    extra = 0
    verbose_name = _("other name")
    verbose_name_plural = _("other names")


@admin.register(Organisation)
class OrganisationAdmin(EntryAdmin):
    translated = ("name", "acronym", "description")
    list_display = ["name", "acronym", "type", "country", "status"]
    list_filter = ["status", "type", "focus"]
    list_select_related = ["country"]
    search_fields = ["name_en", "name_fr", "name_es", "acronym_en", "acronym_fr", "acronym_es", "aliases__text", "slug"]
    autocomplete_fields = ["country", "focus", "owner"]
    inlines = [OtherNameInline]
    first = [(None, {"fields": ["slug", "original_language", "type"]})]
    rest = [(_("Facts"), {"fields": ["country", "focus", "website", "ror"]}), EntryAdmin.life]


@admin.register(Affiliation)
class AffiliationAdmin(admin.ModelAdmin):
    """For administrators alone (portal/rules.py): a member may have kept it to themselves."""

    list_display = ["user", "organisation", "role", "from_year", "to_year"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__display_name", "organisation__name_en", "role"]
    autocomplete_fields = ["user", "organisation"]
