"""Where editors decide what members send in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from content import deciding
from content.addresses import key_in
from content.models import Case
from content.permissions import can_decide
from members.guards import only
from members.permissions import is_editor
from portal import health, inbox
from portal.desk import ACTS, Desk
from portal.inbox import Inbox, Selection


@login_required
@require_safe
@only(is_editor)
def queue(request: HttpRequest) -> HttpResponse:
    context = {"inbox": Inbox(request), "done": _done(request), "warnings": health.warnings()}
    return render(request, "portal/review/queue.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@only(is_editor)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    desk = Desk(request, pk)
    if request.method != "POST":
        return _show(request, desk)
    if not can_decide(request.user, desk.case):
        raise PermissionDenied
    return _take_step(request, desk)


def _take_step(request: HttpRequest, desk: Desk) -> HttpResponse:
    step, turn, selection = request.POST.get("step", ""), _turn(request), Selection.of(request)
    here = reverse("review_case", args=[desk.case.pk]) + selection.query
    form = desk.bind(step)
    try:
        if step in ACTS:
            ACTS[step](desk.case, request.user, turn)
            return redirect(here)
        if form is None:
            raise deciding.Stale(deciding.what_happened(desk.case))
        if not form.is_valid():
            return _show(request, desk)
        form.take(request.user, turn)
    except deciding.Stale as error:
        return _show(request, desk.refresh(str(error)), status=409)
    return redirect(_after(request, desk.case, selection) if form.ends else here)


def _turn(request: HttpRequest) -> int:
    turn = key_in(request.POST.get("turn", ""))
    if turn is None:
        raise BadRequest("No turn.")
    return turn


def _show(request: HttpRequest, desk: Desk, status: int = 200) -> HttpResponse:
    context = {"desk": desk, "selection": Selection.of(request), "done": _done(request)}
    return render(request, "portal/review/case.html", context, status=status)


def _after(request: HttpRequest, decided: Case, selection: Selection) -> str:
    """The next case, or the inbox where nothing is left, with the way back to what was decided."""
    following = inbox.next_case(request.user, selection)
    path = reverse("review_case", args=[following.pk]) if following else reverse("review")
    return f"{path}{selection.query}{'&' if selection.query else '?'}done={decided.pk}"


def _done(request: HttpRequest) -> inbox.Item | None:
    """What this editor has just decided, as long as it can be taken back."""
    key = key_in(request.GET.get("done", ""))
    cases = Case.objects.with_people().filter(pk=key, editor=request.user) if key is not None else []
    items = inbox.items(list(cases), request.user)
    return next((item for item in items if item.undo_until), None)
