"""What `/styleguide/` shows: made-up words in the real components, and one real record where there is one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.safestring import SafeString

from content import registry, zones
from content.cards import kept_cards
from content.templatetags.content import ICONS
from content.translations import State, Words
from portal.navigation import Page
from portal.templatetags.charts import shares
from search.parts import Option

STARTS = datetime(2026, 12, 10, 13, tzinfo=UTC)
TOKENS = ("paper", "wash", "wash-2", "ink", "accent", "accent-mid", "accent-soft", "accent-wash", "bad", "warn", "good")


class ExampleForm(forms.Form):
    title = forms.CharField(label="Title", error_messages={"required": "Enter the title as it appears on the document"})
    year = forms.IntegerField(label="Year", max_value=2026, help_text="For example, 2019")
    abstract = forms.CharField(
        label="Short description", required=False, widget=forms.Textarea, help_text="Two or three sentences."
    )
    language = forms.ChoiceField(label="Language of the document", choices=[("en", "English"), ("fr", "Français")])
    shared = forms.ChoiceField(
        label="May it be shared?",
        choices=[("open", "Yes, it has an open licence"), ("unsure", "I am not sure")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the document may be shared"},
    )
    letter = forms.BooleanField(label="Send me the monthly letter", required=False)


def _link(label: str, **more: Any) -> SimpleNamespace:
    return SimpleNamespace(label=label, url="#main", **more)


def _listing() -> SimpleNamespace:
    """What the parts of a list read of a `search.listing.Listing`."""
    topics = [("Gender", 38, True), ("Cash transfers", 21, False), ("Employment", 14, False)]
    options = [Option(label.lower(), label, count, is_chosen) for label, count, is_chosen in topics]
    facet = SimpleNamespace(name="topic", label="Topic")
    group = SimpleNamespace(facet=facet, options=options, is_open=True, all_url="#main", all_label="All 24 topics")
    return SimpleNamespace(
        path="#results",
        groups=[group],
        selection=SimpleNamespace(text="famine insurence", is_filtered=True, year_from="20x6", year_to=""),
        spec=SimpleNamespace(has_years=True),
        year_errors=("from",),
        chips=[_link("Gender"), _link("English"), _link("From 2016")],
        clear_url="#main",
        pager=SimpleNamespace(
            previous="",
            next="#main",
            pages=[SimpleNamespace(number=n, url="#main", is_current=n == 1) for n in (1, 2, None, 8)],
        ),
        ways_on=[_link("Search for “famine insurance” instead"), _link("Remove the filters (4 results)")],
    )


def context(request: HttpRequest) -> dict[str, Any]:
    form = ExampleForm({"year": "2091"})
    return {
        "is_rtl": request.GET.get("dir") == "rtl",
        "is_dark": request.GET.get("theme") == "dark",
        "tokens": TOKENS,
        "icons": sorted(ICONS),
        "form": form,
        "steps": ["File", "Details", "Check and send"],
        "section_pages": [
            Page("Overview", "#sg-lists"),
            Page("Notices", "#sg-lists", "page"),
            Page("Review", "#sg-lists", count=7),
        ],
        "tabs": [_link("Publications", is_current=True, count=38), _link("Stakeholders", is_current=False, count=4)],
        "listing": _listing(),
        "states": _states(),
        "foreign": Words("Protección social reactiva ante choques", "es", True),
        "people": shares([("Government", 43), ("Research", 23), ("Civil society", 14), ("Global", 10), ("Other", 10)]),
        "cards": _cards(),
        "pages": PAGES,
        "starts": STARTS,
        "ends": STARTS + timedelta(minutes=90),
        "clocks": zones.readings(STARTS, "Africa/Nairobi", ("America/Sao_Paulo", "Africa/Dakar", "Pacific/Fiji")),
    }


def _cards() -> list[SafeString]:
    """Two publications, and one of each type that has a row of its own make."""
    found: list[SafeString] = []
    for key, number in (("publication", 2), ("post", 1), ("event", 1)):
        first = registry.get(key).published().order_by("pk").values_list("pk", flat=True)[:number]
        found += kept_cards(key, list(first)).values()
    return found


def _states() -> list[State]:
    since = datetime(2026, 3, 3, tzinfo=UTC)
    return [
        State("en", is_original=True),
        State("fr"),
        State("es", is_machine=True, outdated_since=since),
        State("ar", is_missing=True),
    ]


def _withdrawn() -> dict[str, Any]:
    record = SimpleNamespace(
        withdrawn_at=datetime(2026, 3, 3, tzinfo=UTC),
        withdrawal_reason="The publisher replaced it with a corrected edition.",
    )
    return {"record": record, "kind": registry.get("publication"), "title": Words("A record", "en", False)}


PAGES = {
    "403": dict,
    "404": lambda: {"words": "south africa expanded public works"},
    "410": _withdrawn,
    "429": dict,
    "500": dict,
}
