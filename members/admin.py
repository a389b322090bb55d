from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from members.erasing_admin import ErasingAdmin
from members.models import User
from members.permissions import can_give_roles
from members.roles import Role, roles_of, set_roles


class RolesForm(forms.ModelForm):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


class NewMemberForm(RolesForm, AdminUserCreationForm):
    pass


class MemberForm(RolesForm, UserChangeForm):
    acting: User  # set for each request

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["roles"] = sorted(roles_of(self.instance))

    def clean_roles(self) -> list[str]:
        roles = self.cleaned_data["roles"]
        if self.instance == self.acting and Role.ADMINISTRATOR not in roles:
            raise ValidationError(_("You cannot stop being an administrator yourself. Ask another one."))
        return roles


@admin.register(User)
class MemberAdmin(ErasingAdmin, UserAdmin):
    form = MemberForm
    add_form = NewMemberForm
    ordering = ["email"]
    list_display = ["email", "display_name", "language", "is_staff"]
    list_filter = ["groups", "is_active", "language"]
    search_fields = ["email", "display_name"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["display_name", "language", "time_zone"]}),
        (_("Rights"), {"fields": ["is_active", "roles"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "display_name", "usable_password", "password1", "password2", "roles"]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Editors choose who shared a record; a person's rights are for administrators to see."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if can_give_roles(request.user) else [(None, {"fields": ["display_name", "language"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """A member changes their own address, by a code sent to it."""
        return ["email", "last_login", "date_joined"] if obj else []

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.acting = request.user
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            obj.emailaddress_set.create(email=obj.email, verified=True, primary=True)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        set_roles(user=form.instance, roles=form.cleaned_data["roles"], by=request.user)
