from django.contrib import admin

from content.models import OldAddress


@admin.register(OldAddress)
class OldAddressAdmin(admin.ModelAdmin):
    list_display = ["path", "target", "hits", "last_hit_at"]
    search_fields = ["path", "target"]
    readonly_fields = ["hits", "last_hit_at"]
