"""Pages that allauth lacks, and what it does not do in one act."""

from __future__ import annotations

from allauth.account.views import signup
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from members.addresses import is_ours
from members.permissions import is_editor


def join(request: HttpRequest) -> HttpResponse:
    """allauth's page. Account, address and the letter with the code come about together or not at all."""
    if request.method != "POST":
        return signup(request)
    with transaction.atomic():
        return signup(request)


@login_required
@require_safe
def remove_address(request: HttpRequest) -> HttpResponse:
    """Asks before allauth's page of addresses removes one."""
    address = get_object_or_404(
        request.user.emailaddress_set, email__iexact=request.GET.get("email", "").replace("\0", ""), primary=False
    )
    return render(request, "account/email_remove.html", {"email": address.email})


@require_safe
def staff_door(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """Stands for the admin's own sign-in, which knows neither second step nor limits: one door for everybody."""
    wanted = request.GET.get("next", "")
    if not is_ours(request, wanted):
        wanted = reverse("admin:index")
    if not request.user.is_authenticated:
        return redirect_to_login(wanted)
    if not is_editor(request.user):
        raise PermissionDenied
    return redirect(wanted)
