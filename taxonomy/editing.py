"""What staff's pages share: one tab for each language, and every text marked with the language it is in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.db.models import Field, URLField
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import get_language_info


class LanguageTabs(admin.ModelAdmin):
    """`first` stands before the languages' fieldsets, `rest` behind. Without script all stand one below another."""

    translated: ClassVar[tuple[str, ...]] = ()
    first: ClassVar[list] = []
    rest: ClassVar[list] = []

    class Media:
        js = ["staff/tabs.js"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        return [*self.first, *(self._tab(code) for code in settings.MODELTRANSLATION_LANGUAGES), *self.rest]

    def _tab(self, code: str) -> tuple[str, dict]:
        fields = [f"{name}_{code}" for name in self.translated]
        return settings.LANGUAGE_NAMES[code], {"fields": fields, "classes": ["language-tab", f"language-{code}"]}

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> FormField | None:
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        name, _, code = db_field.name.rpartition("_")
        if field is None or name not in self.translated:
            return field
        field.label = capfirst(self.model._meta.get_field(name).verbose_name)  # the tab says in which language
        field.required = False  # the form asks for the original's language alone
        field.widget.attrs |= {"lang": code, "dir": "rtl" if get_language_info(code)["bidi"] else "ltr"}
        return field
