"""Where moderators decide what waits in the parts of the portal they run."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content.addresses import key_in
from content.paging import slice_of
from members.addresses import is_ours
from members.guards import only
from moderation import deciding, registry
from moderation import queue as queues
from moderation.desk import Desk
from moderation.models import Act, Case, Sanction
from moderation.permissions import can_enter, can_moderate, runs
from moderation.querysets import in_scopes_of


@never_cache
@login_required
@require_safe
@only(can_enter)
def queue(request: HttpRequest) -> HttpResponse:
    return render(request, "moderation/queue.html", {"queue": queues.Queue(request)})


@never_cache
@login_required
@require_safe
@only(can_enter)
def log(request: HttpRequest) -> HttpResponse:
    """All that was done in the parts of the portal they run, newest first, and the sanctions that hold."""
    scopes = queues.scopes_of(request.user)  # type: ignore[arg-type]
    scope = queues.scope_asked_for(request, scopes)
    acts, held = Act.objects.filter(in_scopes_of(request.user)), Sanction.objects.in_force()
    held = held.filter(in_scopes_of(request.user))
    if scope:
        acts, held = acts.in_scope(scope.row), held.in_scope(scope.row)
    context = {
        "found": slice_of(request, acts.select_related("by", "whom", "case").prefetch_related("scope"), 50),
        "held": held.select_related("user", "by").prefetch_related("scope"),
        "scopes": scopes,
        "scope": scope,
    }
    return render(request, "moderation/log.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, pk: int) -> HttpResponse:
    desk = Desk(request, pk)
    if request.method != "POST":
        return _show(request, desk)
    return _take_step(request, desk, _turn(request))


@never_cache
@login_required
@require_POST
def take_up(request: HttpRequest, kind_key: str, pk: int) -> HttpResponse:
    """Decide about something that nobody need have reported, from its own page or from an earlier decision."""
    record = _record(request, kind_key, pk)
    try:
        taken = deciding.take_up(record=record, by=request.user, stamp=request.POST.get("stamp", ""))
    except deciding.Stale as error:
        last = get_object_or_404(Case.objects.about(record).decided_by_them(request.user).order_by("-pk")[:1])
        desk = Desk(request, last.pk)
        desk.bind(request.POST)
        return _show(request, desk.refresh(str(error)), status=409)
    if "step" not in request.POST:
        return redirect(taken)
    return _take_step(request, Desk(request, taken.pk), taken.turn)


def _record(request: HttpRequest, kind_key: str, pk: int) -> Any:
    """Something in a part of the portal that they run. Raises PermissionDenied for what they wrote themselves."""
    kind = next((one for one in registry.all_kinds() if one.key == kind_key and one.can_be_reported), None)
    if kind is None:
        raise Http404
    record = get_object_or_404(kind.with_people(kind.model._default_manager.all()), pk=pk)
    if not runs(request.user, kind.scope_of(record)):
        raise Http404
    if not can_moderate(request.user, record):
        raise PermissionDenied
    return record


def _take_step(request: HttpRequest, desk: Desk, turn: int) -> HttpResponse:
    step, found, by = request.POST.get("step", ""), desk.case, desk.user
    try:
        if step in ("claim", "take_over"):
            return redirect(deciding.claim(case=found, by=by, take_over=step == "take_over"))
        if step == "release":
            deciding.release(case=found, by=by)
            return redirect("moderation:queue")
        form = desk.bind(request.POST)
        if not found.is_waiting or found.turn != turn:
            raise deciding.Stale(deciding.what_happened(found))
        if not form.is_valid():
            return _show(request, desk)
        decided = deciding.decide(case=found, by=by, turn=turn, **form.cleaned_data)
    except deciding.Stale as error:
        return _show(request, desk.refresh(str(error)), status=409)
    messages.success(request, _said(decided))
    return redirect(_back(request))


def _said(case: Case) -> str:
    decided = {"decision": case.get_decision_display()}
    if case.decision == Case.Decision.KEPT and not case.reason:
        return _("%(decision)s. It is in the log.") % decided
    return _("%(decision)s. The author is told, and it is in the log.") % decided


def _back(request: HttpRequest) -> str:
    """To the page of the discussion where it was decided, or to the queue."""
    asked = request.POST.get("next", "")
    return asked if asked and is_ours(request, asked) else queues.Selection().url


def _turn(request: HttpRequest) -> int:
    turn = key_in(request.POST.get("turn", ""))
    if turn is None:
        raise BadRequest("No turn.")
    return turn


def _show(request: HttpRequest, desk: Desk, status: int = 200) -> HttpResponse:
    return render(request, "moderation/case.html", {"desk": desk}, status=status)
