"""A member's own publications: where each stands, what was said, what can be done."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content import review
from content.paging import slice_of
from content.services import withdraw as withdraw_record
from people.contributions import own_of
from publications import contributions, correcting
from publications.contribution_forms import AnswerForm, WithdrawForm
from publications.models import Draft, Publication
from publications.permissions import can_change
from publications.uploading import MOST_DRAFTS


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    drafts = Draft.objects.visible_to(request.user).unsent().select_related("file", "publication")[:MOST_DRAFTS]
    records = slice_of(request, contributions.of(request.user))
    context = {
        "drafts": drafts,
        "records": records,
        "rows": [(record, contributions.state_of(record)) for record in records.rows],
        "proposals": contributions.proposals_of(request.user)[:MOST_DRAFTS],
        "others": own_of(request.user),
    }
    return render(request, "publications/mine.html", context)


def _record_for(request: HttpRequest, pk: int) -> Publication:
    return get_object_or_404(contributions.followed_by(request.user), pk=pk)


def _page(request: HttpRequest, record: Publication, form: AnswerForm) -> HttpResponse:
    case = contributions.case_of(record, request.user)
    context = {
        "record": record,
        "state": contributions.state_of(record),
        "case": case,
        "conversation": contributions.conversation(record, request.user),
        "form": form if case and review.may_answer(case) else None,
        "is_owner": can_change(request.user, record),
        "draft": Draft.objects.visible_to(request.user).unsent().filter(publication=record).first(),
        "waiting": "waiting" in request.GET,
    }
    return render(request, "publications/contribution.html", context)


@login_required
@require_safe
def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _record_for(request, pk), AnswerForm())


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    record, form = _record_for(request, pk), AnswerForm(request.POST)
    case = contributions.case_of(record, request.user)
    if case is None or not review.may_answer(case):
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, record, form)
    review.answer(case=case, by=request.user, note=form.cleaned_data["text"])
    return redirect("publications:contribution", pk)


@login_required
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin, or go on with, a change: of what is in review, or a correction of what is published."""
    record = _record_for(request, pk)
    if not can_change(request.user, record) and not record.drafts.visible_to(request.user).proposed().exists():
        raise PermissionDenied
    try:
        draft = correcting.revise(publication=record, by=request.user)
    except correcting.Waiting:
        return redirect(reverse("publications:contribution", args=[pk]) + "?waiting=1")
    return redirect("publications:draft_file" if "file" in request.POST else "publications:draft_details", draft.key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    record = _record_for(request, pk)
    if not can_change(request.user, record):
        raise PermissionDenied
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_record(record=record, by=request.user, reason=form.cleaned_data["reason"])
        return redirect("publications:contribution", pk)
    return render(request, "publications/withdraw.html", {"record": record, "form": form})
