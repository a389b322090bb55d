from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from members import erasure
from members.models import User


class ErasingAdmin(admin.ModelAdmin):
    """Deleting a member here is what they would do on their own page: the row stays as a former member."""

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_former)

    def get_deleted_objects(self, objs: Iterable[User], request: HttpRequest) -> Any:
        """What the page says before: Django would list rows that stay."""
        names = [str(one) for one in objs]
        stays = [f"{holding.label}: {holding.keeps}" for holding in erasure.all_holdings() if holding.keeps]
        return [*names, _("What stays"), stays], {User._meta.verbose_name_plural: len(names)}, set(), []

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        erasure.erase(user=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            erasure.erase(user=user)
