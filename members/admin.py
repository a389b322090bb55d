from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from members.models import User


@admin.register(User)
class MemberAdmin(UserAdmin):
    ordering = ["email"]
    list_display = ["email", "display_name", "language", "is_staff"]
    search_fields = ["email", "display_name"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["display_name", "language", "time_zone"]}),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "display_name", "usable_password", "password1", "password2"]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Editors choose who shared a record; a person's rights are for administrators to see."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if request.user.is_superuser else [(None, {"fields": ["display_name", "language"]})]
