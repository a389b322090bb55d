"""Warnings, pauses and bans: given from a case, lifted from the log."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from moderation import sanctions, telling
from moderation.forms import ReasonForm, SanctionForm
from moderation.models import Case, Sanction
from moderation.permissions import can_sanction
from moderation.querysets import in_scopes_of

FORM = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_http_methods(FORM)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    case = get_object_or_404(Case.objects.decided_by_them(request.user).with_people(), pk=pk)
    if not can_sanction(request.user, case):
        raise PermissionDenied
    form = SanctionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            sanctions.give(case=case, by=request.user, **form.chosen)
        except sanctions.BannedAlready:
            form.add_error("what", _("They are banned already."))
        else:
            messages.success(request, _("Done. %(name)s is told, and it is in the log.") % {"name": case.author})
            return redirect(case)
    context = {"case": case, "form": form, "scope": telling.name_of(case.scope)}
    return render(request, "moderation/sanction.html", context)


@never_cache
@login_required
@require_http_methods(FORM)
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Also a warning can be withdrawn, and a pause that has ended cannot be lifted any more."""
    mine = Sanction.objects.filter(in_scopes_of(request.user)).exclude(user=request.user).select_related("user", "by")
    sanction = get_object_or_404(mine, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_bound and form.is_valid():
        if sanctions.lift(sanction=sanction, by=request.user, reason=form.cleaned_data["reason"]):
            messages.success(request, _("Done. %(name)s is told, and it is in the log.") % {"name": sanction.user})
            return redirect("moderation:log")
        form.add_error(None, _("Somebody else has just lifted it."))
        sanction.refresh_from_db()
    context = {
        "sanction": sanction,
        "form": form,
        "title": sanctions.title_of(sanction),
        "scope": telling.name_of(sanction.scope),
    }
    return render(request, "moderation/lift.html", context)
