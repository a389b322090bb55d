"""The team's pages about letters and suspended addresses."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from content.paging import slice_of
from content.text import one_line
from members.guards import only
from notifications import outbox, services
from notifications.models import Letter, Suppression
from notifications.permissions import can_lift, can_read, can_see_outbox, can_send_again

# A letter's page runs no script, asks nobody for anything and reaches nothing of the portal.
SANDBOX = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@login_required
@require_safe
@only(can_see_outbox)
def letters(request: HttpRequest) -> HttpResponse:
    context = outbox.page(outbox.Filter.of(request.GET))
    suspended = Suppression.objects.filter(lifted_at=None).count()
    return render(request, "notifications/outbox.html", context | {"suspended": suspended})


@never_cache
@login_required
@require_safe
@only(can_see_outbox)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Letter.objects.select_related("user"), pk=pk)
    context = {
        "letter": found,
        "may_read": can_read(request.user, found),
        "may_send_again": can_send_again(request.user, found),
        "bounces": found.bounces.order_by("at"),
        "history": outbox.history(found),
    }
    if context["may_read"]:
        context["words"] = outbox.words_if_known(found)
    return render(request, "notifications/letter.html", context)


@never_cache
@login_required
@require_safe
@only(can_see_outbox)
def letter_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML part as a mail program shows it, shut off from the portal."""
    found = get_object_or_404(Letter.objects.select_related("user"), pk=pk)
    if not can_read(request.user, found):
        raise PermissionDenied
    words = outbox.words_if_known(found)
    if words is None or not words.html:
        raise Http404
    return HttpResponse(words.html, headers={"Content-Security-Policy": SANDBOX})


@login_required
@require_POST
@only(can_see_outbox)
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Letter, pk=pk)
    if not can_read(request.user, found):
        raise PermissionDenied
    if can_send_again(request.user, found) and services.send_again(letter=found, by=request.user):
        messages.success(request, _("The letter is sent once more."))
    else:
        messages.warning(request, _("Only letters of which nobody knows whether they arrived can be sent again."))
    return redirect(found)


@login_required
@require_safe
@only(can_see_outbox)
def suspended(request: HttpRequest) -> HttpResponse:
    rows = Suppression.objects.filter(lifted_at=None).select_related("by")
    if words := one_line(request.GET.get("q", "")).lower()[:254]:
        rows = rows.filter(address=words)
    return render(request, "notifications/suspended.html", {"rows": slice_of(request, rows, 50), "words": words})


@login_required
@require_POST
@only(can_lift)
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Suppression, pk=pk)
    services.lift(address=row.address, by=request.user)
    messages.success(request, _("%(address)s gets letters again.") % {"address": row.address})
    return redirect("notifications:suspended")
