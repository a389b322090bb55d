"""A member's address that letters came back from, and how it is trusted again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from notifications import services, trust


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """What happened, and a button that sends a letter to the address."""
    suspension = trust.suspension_of(request.user)
    is_asked = request.method == "POST" and suspension is not None
    if is_asked:
        trust.ask(user=request.user)
    if suspension is None:
        request.session.pop(trust.MARK, None)
    return render(request, "notifications/address.html", {"suspension": suspension, "is_asked": is_asked})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter. Looking at it, as link scanners do, changes nothing."""
    if not trust.is_of(token, request.user):
        raise Http404
    if request.method != "POST":
        return render(request, "notifications/trust.html", {"noindex": True})
    services.lift(address=request.user.email, by=request.user)
    request.session.pop(trust.MARK, None)
    messages.success(request, _("Letters reach you again."))
    return redirect("notifications:address")
