"""Surveys for members: what is open, the questions, and what was answered."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from content.tables import csv_text
from members.guards import only
from members.permissions import is_editor
from surveys import permissions, results, services
from surveys.forms import AnswerForm
from surveys.models import Survey
from surveys.panels import BELOW_RESULTS
from surveys.services import Respondent


@never_cache
@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    found = Survey.objects.visible_to(request.user).listed().with_counts()
    context = {
        "open": found.open().order_by("closes_at", "-opens_at"),
        "closed": found.closed()[:50],
        "prepared": found.filter(is_ready=False) if is_editor(request.user) else (),
    }
    return render(request, "surveys/list.html", context)


@never_cache
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is for, how many answered, and what, for whoever may see it."""
    survey = get_object_or_404(Survey.objects.visible_to(request.user).with_counts(), slug=slug)
    return render(request, "surveys/detail.html", _context(request, survey))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    survey = get_object_or_404(Survey.objects.visible_to(request.user).with_counts(), slug=slug)
    if request.method != "POST":
        return redirect(survey)
    if not permissions.can_answer(request.user, survey):
        raise PermissionDenied
    form = AnswerForm(survey, request.POST)
    if not form.is_valid():
        return render(request, "surveys/detail.html", _context(request, survey) | {"form": form})
    try:
        services.answer(survey=survey, who=Respondent(user=request.user), answers=form.answers)
    except services.AnsweredAlready:
        messages.info(request, _("You have answered already. Everybody answers once."))
    else:
        messages.success(request, _("Thank you. Your answer is counted."))
    return redirect(survey)


@never_cache
@login_required
@require_safe
@only(permissions.can_export)
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """What was answered, a row a person, for a spreadsheet."""
    survey = get_object_or_404(Survey, slug=slug)
    file = {"Content-Disposition": f'attachment; filename="{survey.slug}.csv"'}
    return HttpResponse(csv_text(results.table(survey)), content_type="text/csv; charset=utf-8", headers=file)


def _context(request: HttpRequest, survey: Survey) -> dict[str, object]:
    user = request.user
    answered = user.is_authenticated and services.has_answered(survey=survey, who=Respondent(user=user))
    shows = permissions.can_see_results(user, survey, has_answered=answered)
    asks = not answered and permissions.can_answer(user, survey)
    return {
        "survey": survey,
        "has_answered": answered,
        "form": AnswerForm(survey) if asks else None,
        "counted": results.counted(survey) if shows else None,
        "panels": BELOW_RESULTS.of(survey, user) if shows else (),
        "can_export": permissions.can_export(user),
    }
