"""The first of a member's own pages: what waits for them, or where to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications.lines import lines
from notifications.models import Notice
from people.contributions import Own, own_of
from publications import contributions
from publications.models import Draft, Publication

if TYPE_CHECKING:
    from members.models import User

MOST = 5  # of each kind; the pages themselves have them all


def _asked_of(user: User) -> list[Own]:
    """What an editor asked them to change among texts for the blog, events and communities."""
    return [row for _shelf, rows in own_of(user) for row in rows if row.tone == "warn"]


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    user = request.user
    unread = Notice.objects.visible_to(user).unread()
    context = {
        "asked": contributions.asked_of(user)[:MOST],
        "asked_too": _asked_of(user)[:MOST],
        "drafts": Draft.objects.visible_to(user).unsent().select_related("file", "publication")[:MOST],
        "lines": lines(list(unread[:MOST]), user),
        "in_review": contributions.of(user).filter(status=Publication.Status.IN_REVIEW).count(),
    }
    return render(request, "portal/me.html", context)
