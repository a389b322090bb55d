"""What forms of several kinds of records ask alike: topics from a list, organisations by any of their names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from communities.finding import organisations_called
from communities.request_forms import MOST_TOPICS
from taxonomy.models import Country, Topic

if TYPE_CHECKING:
    from django.db.models import Model

    from stakeholders.models import Organisation

MOST_ORGANISATIONS = 12


class WithTerms(forms.Form):
    """For forms with the fields `topics`, `organisations` and, under a name of their own, countries."""

    countries_in = "countries"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.found: dict[str, Organisation | None] = {}
        super().__init__(*args, **kwargs)

    def clean_topics(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["topics"]
        if len(chosen) > MOST_TOPICS:
            raise forms.ValidationError(_("Choose %(count)s topics at most") % {"count": MOST_TOPICS})
        return chosen

    def clean_organisations(self) -> str:
        text: str = self.cleaned_data["organisations"]
        lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()][:MOST_ORGANISATIONS]
        self.found = organisations_called(lines)
        if unknown := [line for line, found in self.found.items() if found is None]:
            raise forms.ValidationError(_("We know no organisation called %(name)s") % {"name": unknown[0]})
        return text

    def links(self) -> dict[str, Iterable[Model]]:
        """The rows of its many-to-many fields by name. Valid forms only."""
        return {
            "topics": Topic.objects.filter(slug__in=self.cleaned_data["topics"]),
            "countries": Country.objects.filter(iso2__in=self.cleaned_data[self.countries_in]),
            "organisations": [one for one in self.found.values() if one],
        }
