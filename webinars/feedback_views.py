"""What a registrant is asked after a webinar, and what becomes of a poll's winners: pages on surveys about webinars."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.forms import sent
from surveys import services
from surveys.forms import AnswerForm
from surveys.models import Survey
from webinars import feedback, winners
from webinars.attendance_forms import WinnersForm
from webinars.attendance_views import planners_only
from webinars.edit_views import FORM
from webinars.models import Series
from webinars.register_views import own_row


@never_cache
@require_http_methods(FORM)
def own_feedback(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Three questions, once for each registration."""
    row = own_row(slug, key)
    survey, who = feedback.survey_of(row.webinar), feedback.respondent(row)
    has_answered = survey is not None and services.has_answered(survey=survey, who=who)
    asks = survey is not None and survey.is_open and feedback.may_answer(row) and not has_answered
    form = AnswerForm(survey, sent(request)) if asks else None
    if form and request.method == "POST" and form.is_valid():
        try:
            services.answer(survey=survey, who=who, answers=form.answers)
        except (services.AnsweredAlready, services.Closed):
            messages.info(request, _("You have answered already. Everybody answers once."))
        return redirect(request.path)
    context = {"row": row, "webinar": row.webinar, "form": form, "survey": survey, "has_answered": has_answered}
    return render(request, "webinars/feedback.html", context)


@never_cache
@login_required
@require_http_methods(FORM)
@planners_only
def choose_winners(request: HttpRequest, series: Series, poll: str) -> HttpResponse:
    """Those of a closed poll become webinars in the series, which somebody goes on planning."""
    survey = get_object_or_404(Survey.objects.visible_to(request.user).about(series), slug=poll)
    outcome = winners.outcome(survey, request.user)
    if outcome is None:
        raise Http404
    form = WinnersForm(sent(request), outcome=outcome)
    if request.method == "POST" and form.is_valid():
        made = winners.choose(survey=survey, options=form.cleaned_data["options"], by=request.user)
        messages.success(request, _begun(len(made)))
        return redirect(survey)
    return render(
        request, "webinars/winners.html", {"series": series, "survey": survey, "form": form, "panel": outcome}
    )


def _begun(number: int) -> str:
    if not number:
        return _("These topics are webinars already.")
    return ngettext(
        "%(number)s webinar was begun. Give it a day and a panel, then send it to the editors.",
        "%(number)s webinars were begun. Give each a day and a panel, then send it to the editors.",
        number,
    ) % {"number": number}
