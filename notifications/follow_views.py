"""Following a topic, a country, a region… A visitor's button leads here by way of signing in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from notifications import following


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The page asks once more: an address that was opened, by whatever link, follows nothing by itself."""
    target, what = _target(key, pk)
    if request.method == "POST":
        following.follow(user=request.user, what=what)
        return redirect(what)
    context = {"key": key, "what": what, "name": target.name_of(what), "noindex": True}
    return render(request, "notifications/follow.html", context)


@login_required
@require_POST
def unfollow(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    target, what = _target(key, pk)
    following.unfollow(user=request.user, what=what)
    if request.POST.get("back") == "letters":
        messages.success(request, _("You no longer follow %(name)s.") % {"name": target.name_of(what)})
        return redirect("notifications:preferences")
    return redirect(what)


def _target(key: str, pk: int) -> tuple[following.Target, Any]:
    try:
        target = following.target(key)
    except KeyError as error:
        raise Http404 from error
    return target, get_object_or_404(target.rows(), pk=pk)
