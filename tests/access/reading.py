"""Rows of what was built for readers."""

from __future__ import annotations

from django.urls import reverse

from content import addresses
from tests.access.rows import (
    EVERYBODY,
    PUBLIC_ONLY,
    RECORD,
    SHORT,
    STAFF_ROOM,
    Row,
    answers,
    of_file,
    of_publication,
    page,
)

ROWS = {
    "/": Row({"": answers(302)}, lambda world, state: "/"),
    "alive": page("alive"),
    "ready": Row({"": EVERYBODY}, lambda world, state: "/readyz"),
    "theme": page("theme"),
    "robots": page("robots"),
    "sitemap_index": page("sitemap_index"),
    "sitemap": page("sitemap", "pages", 0),  # the files of records are read in the canary test
    "short_address": Row(SHORT, lambda world, state: addresses.permanent(world.publications[state])),
    "files:download": of_file("files:download", "key", "name"),
    "files:preview": of_file("files:preview", "key"),
    "home": page("home"),
    "opensearch": page("opensearch"),
    "styleguide": page("styleguide"),
    "time_zone": page("time_zone"),
    "publications:list": page("publications:list"),
    "publications:feed": page("publications:feed"),
    "publications:facet": page("publications:facet", "country"),
    "publications:detail": of_publication("publications:detail", RECORD),
    "publications:text": of_publication("publications:text", RECORD),
    "publications:qr": of_publication("publications:qr", PUBLIC_ONLY),
    "publications:cite": of_publication("publications:cite", RECORD, "bib"),
    "stakeholders:list": page("stakeholders:list"),
    "stakeholders:feed": page("stakeholders:feed"),
    "stakeholders:facet": page("stakeholders:facet", "country"),
    "stakeholders:detail": Row(RECORD, lambda world, state: world.organisations[state].get_absolute_url()),
    "search:search": page("search:search"),
    "search:countries": page("search:countries"),
    "search:country": page("search:country", "kenya"),
    "search:region": page("search:region", "africa"),
    "search:topics": page("search:topics"),
    "search:glossary": page("search:glossary"),
    "search:topic": page("search:topic", "cash-transfers"),
    "search:goal": page("search:goal", "1"),
    "admin:index": Row(STAFF_ROOM, lambda world, state: reverse("admin:index")),
    "admin:login": Row({"": answers(302, member=403, staff=302)}, lambda world, state: reverse("admin:login")),
}
