"""Asking for a community, and what the editors answer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import conduct, contributions, founding
from communities.member_forms import AnswerForm
from communities.models import Community, Membership
from communities.request_forms import RequestForm, written_in
from content import review
from discussions.models import Thread
from people.forms import sent

FORM = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_http_methods(FORM)
def new(request: HttpRequest) -> HttpResponse:
    form = RequestForm(sent(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        record = form.filled(Community())
        founding.request_community(record=record, by=request.user, **form.people_and_topics())
        messages.success(request, _("Your request is with the editors."))
        return redirect("communities:request", record.pk)
    return render(request, "communities/new.html", {"form": form, "conduct": conduct.text()})


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The communities somebody is in, and what they asked for."""
    rows = Membership.objects.current().filter(user=request.user).select_related("community")
    own = list(rows.filter(community__status="published").order_by("-community__last_activity_at", "-pk"))
    unread = Thread.objects.unread_by_place(request.user, Community, [row.community_id for row in own])
    context = {
        "memberships": [(row, unread.get(row.community_id, 0)) for row in own],
        "waiting": Community.objects.waited_for_by(request.user).order_by("pk"),
        "requests": contributions.own_requests(request.user),
    }
    return render(request, "communities/mine.html", context)


def _record_for(request: HttpRequest, pk: int) -> Community:
    return get_object_or_404(contributions.asked_for(request.user), pk=pk)


def _page(request: HttpRequest, record: Community, form: AnswerForm) -> HttpResponse:
    case = contributions.case_of(record)
    label, tone = contributions.state_of(record)
    context = {
        "record": record,
        "case": case,
        "label": label,
        "tone": tone,
        "conversation": contributions.conversation(record),
        "form": form if case and review.may_answer(case) else None,
        "can_change": contributions.can_change(case),
        "facilitator": founding.second_facilitator(record),
    }
    return render(request, "communities/request.html", context)


@never_cache
@login_required
@require_safe
def request_(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _record_for(request, pk), AnswerForm())


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    record, form = _record_for(request, pk), AnswerForm(request.POST)
    case = contributions.case_of(record)
    if case is None or not review.may_answer(case):
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, record, form)
    review.answer(case=case, by=request.user, note=form.cleaned_data["text"])
    return redirect("communities:request", pk)


@never_cache
@login_required
@require_http_methods(FORM)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    record = _record_for(request, pk)
    if not contributions.can_change(contributions.case_of(record)):
        raise PermissionDenied
    initial = written_in(record, founding.second_facilitator(record))
    form = RequestForm(sent(request), by=request.user, record=record, initial=initial)
    if request.method == "POST" and form.is_valid():
        founding.change_request(record=form.filled(record), by=request.user, **form.people_and_topics())
        messages.success(request, _("Your request is with the editors."))
        return redirect("communities:request", pk)
    return render(request, "communities/new.html", {"form": form, "conduct": conduct.text(), "record": record})
