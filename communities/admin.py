from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from communities.services import save_community
from content.editing import EntryAdmin, EntryForm
from content.models import Entry
from members.models import User


class CommunityForm(EntryForm):
    """A request is opened in the inbox, where it is read, and nowhere else."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "status" in self.fields and self.instance.published_at is None:
            self.fields["status"].choices = [(self.instance.status, Entry.Status(self.instance.status).label)]


@admin.register(Community)
class CommunityAdmin(EntryAdmin):
    form = CommunityForm
    translated = ("name", "purpose", "about", "audience", "question")
    list_display = ["name", "access", "status", "last_activity_at"]
    list_filter = ["status", "access"]
    search_fields = ["name_en", "name_fr", "name_es", "slug"]
    autocomplete_fields = ["topics", "countries", "regions", "organisations", "owner"]
    readonly_fields = ["plan", "access", "languages", "last_activity_at", "archived_at", "archived_reason"]
    actions = None
    first = [(None, {"fields": ["slug", "original_language"]})]
    rest = [
        (_("Facts"), {"fields": ["access", "languages", "topics", "countries", "regions", "organisations", "plan"]}),
        (_("Activity"), {"fields": ["last_activity_at", "archived_at", "archived_reason"]}),
        EntryAdmin.life,
    ]

    def save_entry(self, *, record: Community, by: User) -> None:
        save_community(record=record, by=by)

    def get_actions(self, request: HttpRequest) -> dict:
        return {}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
