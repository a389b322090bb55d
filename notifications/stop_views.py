"""Stopping letters without signing in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from notifications import unsubscribing


@csrf_exempt  # RFC 8058: mail programs post without a cookie; whoever holds the signed token may do this and only this
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at it, as link scanners of mail servers do, changes nothing."""
    wish = unsubscribing.wish_of(token)
    if wish is None:
        raise Http404
    context = {**wish.as_shown(), "address": unsubscribing.masked(wish.user.email), "noindex": True}
    if request.method != "POST":
        return render(request, "notifications/stop.html", context)
    context["undo_token"] = unsubscribing.fulfil(wish)
    return render(request, "notifications/stopped.html", context)


@never_cache
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    found = unsubscribing.undo_of(request.POST.get("token", ""))
    if found is None:
        raise Http404
    unsubscribing.take_back(found)
    context = {"address": unsubscribing.masked(found.user.email), "noindex": True}
    return render(request, "notifications/resumed.html", context)
