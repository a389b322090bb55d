"""Staff look at what members reported."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from content.paging import slice_of
from members.guards import only
from people import conversations
from people.forms import DecisionForm, sent
from people.models import Report
from people.permissions import can_close_account, can_decide_reports


@never_cache
@login_required
@require_safe
@only(can_decide_reports)
def reports(request: HttpRequest) -> HttpResponse:
    return render(request, "people/reports.html", {"found": slice_of(request, conversations.waiting_reports())})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@only(can_decide_reports)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Report.objects.select_related("reporter", "reported__profile", "message"), pk=pk)
    form = DecisionForm(sent(request), may_close=can_close_account(request.user, found.reported))
    if request.method == "POST" and form.is_valid():
        if conversations.decide_report(report=found, by=request.user, **form.cleaned_data):
            messages.success(request, _("The report is decided."))
            return redirect("people:reports")
        found.refresh_from_db()
        form.add_error(None, _("Somebody else has just decided this report."))
    return render(request, "people/report_detail.html", {"report": found, "form": form})
