"""Answers that every content type gives alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from content import registry
from content.translations import words

if TYPE_CHECKING:
    from content.models import Entry


def gone(request: HttpRequest, record: Entry, *, title: str) -> HttpResponse:
    """410: the record was withdrawn, and its page says why and when. `title` names the field that does."""
    context = {"record": record, "title": words(record, title), "kind": registry.of(record)}
    return render(request, "410.html", context, status=410)
