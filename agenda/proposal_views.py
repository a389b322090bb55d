"""Pages on which members propose what belongs into the calendar, and follow what becomes of it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agenda import contributions, services, showing
from agenda.models import Event
from agenda.proposal_forms import AnswerForm, ProposalForm, written_in
from content import review, zones
from discussions.unsent import keeps_typed, typed_before, was_read

FORM = ["GET", "HEAD", "POST"]


@keeps_typed
@never_cache
@login_required
@require_http_methods(FORM)
def propose(request: HttpRequest) -> HttpResponse:
    return _write(request, Event(), {})


@keeps_typed
@never_cache
@login_required
@require_http_methods(FORM)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    event = _proposal(request, pk)
    if not contributions.can_change(event):
        raise PermissionDenied
    return _write(request, event, written_in(event))


def _write(request: HttpRequest, event: Event, initial: dict) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ProposalForm(data, reader_zone=zones.of(request), initial=initial | typed_before(request))
    was_read(request)
    if form.is_bound and form.is_valid():
        services.propose_event(event=event, proposed=form.proposed(), by=request.user)
        messages.success(request, _("Thank you. Your proposal is with the editors."))
        return redirect("agenda:proposal", event.pk)
    return render(request, "agenda/propose.html", {"form": form, "record": event})


def _proposal(request: HttpRequest, pk: int) -> Event:
    return get_object_or_404(contributions.of(request.user), pk=pk)


def _page(request: HttpRequest, event: Event, form: AnswerForm) -> HttpResponse:
    case = contributions.case_of(event)
    label, tone = contributions.state_of(event)
    context = {
        "record": event,
        "shown": showing.page(event),
        "case": case,
        "label": label,
        "tone": tone,
        "conversation": list(review.conversation(event)),
        "form": form if case and review.may_answer(case) else None,
        "can_change": contributions.can_change(event),
    }
    return render(request, "agenda/proposal.html", context)


@never_cache
@login_required
@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _proposal(request, pk), AnswerForm())


@never_cache
@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    event, form = _proposal(request, pk), AnswerForm(request.POST)
    case = contributions.case_of(event)
    if case is None or not review.may_answer(case):
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, event, form)
    review.answer(case=case, by=request.user, note=form.cleaned_data["text"])
    return redirect("agenda:proposal", pk)
