"""Where a reader says on which clock they read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from content import zones
from content.zone_forms import COOKIE_SECONDS, ZoneForm
from members import time_zones
from members.addresses import is_ours


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def time_zone(request: HttpRequest) -> HttpResponse:
    """A member's is kept with their account and counts for letters, too; everybody else's in a cookie of theirs."""
    back = _back(request)
    form = ZoneForm(request.POST if request.method == "POST" else None, initial={"zone": zones.of(request)})
    if request.method != "POST" or not form.is_valid():
        return render(request, "content/time_zone.html", {"form": form, "back": back})
    response = redirect(back)
    zone = form.cleaned_data["zone"]
    if request.user.is_authenticated:
        time_zones.keep(user=request.user, zone=zone)
        messages.success(request, _("Times are shown in your zone now, and letters say them so."))
    else:
        response.set_cookie(
            zones.COOKIE, zone, COOKIE_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if is_ours(request, asked) else reverse("home")
