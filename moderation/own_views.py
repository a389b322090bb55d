"""What a member reads about themselves: how far they are trusted, what was decided about them, and how to object."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from content.paging import slice_of
from moderation import appeals, queue, registry, telling, trust
from moderation.forms import AppealForm
from moderation.models import Act, Case, Sanction


@never_cache
@login_required
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    mine = trust.standing_of(user)
    acts = Act.objects.told_to(user).select_related("case").prefetch_related("scope")
    context = {
        "standing": mine,
        "is_new": trust.is_new(user),
        "is_trusted": trust.is_trusted(user),
        "trust": trust,
        "days": trust.TRUSTED_WITHOUT_REMOVAL.days,
        "held": Sanction.objects.in_force().filter(user=user).prefetch_related("scope"),
        "found": slice_of(request, acts),
    }
    return render(request, "moderation/standing.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided about something of theirs, why, and what they can do. Who decided is not said."""
    case = get_object_or_404(Case.objects.told_to(request.user).with_people(), pk=pk)
    record = queue.records_of([case]).get(case.pk)
    form = AppealForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_bound and form.is_valid():
        try:
            appeals.appeal(case=case, by=request.user, words=form.cleaned_data["words"])
        except appeals.NothingToAppeal:
            form.add_error(None, _("This can no longer be appealed: it was appealed already, or decided anew."))
        else:
            messages.success(request, _("Your words are with the moderators. You hear from us."))
            return redirect("moderation:decision", pk=case.pk)
    kind = registry.kind(case.kind)
    context = {
        "case": case,
        "record": record,
        "is_sanction": isinstance(record, Sanction),
        "title": kind.title_of(record) if record else "",
        "text": kind.text_of(record) if record else "",
        "url": kind.url_of(record) if record else "",
        "scope": telling.name_of(case.scope),
        "appeal": case.appeals.first(),
        "may_appeal": appeals.may_appeal(case, record),
        "form": form,
    }
    return render(request, "moderation/decision.html", context)
