"""Discussions of all places on one page, and their permanent address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from content.caching import public_page
from discussions import pages
from discussions.models import Thread


@public_page("community", "discussion")
def list_(request: HttpRequest) -> HttpResponse:
    """The newest of all places that everybody may read; for members with those of their own places."""
    user = request.user
    rows = Thread.objects.listed_for(user) if user.is_authenticated else Thread.objects.published()
    narrowed = pages.narrow(request, rows).order_by("-last_at", "-pk").prefetch_related("record")
    found = pages.page_of(request, narrowed, user)
    context = {"threads": found, "path": request.path, **pages.chosen(request)}
    return render(request, "discussions/list.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An address that stays wherever the discussion is moved to."""
    return redirect(get_object_or_404(Thread.objects.visible_to(request.user), pk=pk))
