"""Pages that allauth lacks."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe


@require_safe
@login_required
def remove_address(request: HttpRequest) -> HttpResponse:
    """Asks before allauth's page of addresses removes one."""
    address = get_object_or_404(
        request.user.emailaddress_set, email__iexact=request.GET.get("email", ""), primary=False
    )
    return render(request, "account/email_remove.html", {"email": address.email})
