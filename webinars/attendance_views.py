"""Who came, what else was counted, and what people said afterwards: for organisers and editors."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content.tables import csv_text
from people.forms import sent
from surveys import results
from webinars import feedback, series_counts
from webinars.attendance import counts, importing
from webinars.attendance_forms import FigureForm, ReportForm
from webinars.edit_views import FORM, edit_page, organisers_only
from webinars.models import Series, Webinar
from webinars.permissions import can_plan

if TYPE_CHECKING:
    from collections.abc import Callable


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def attendance(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """The four numbers, what was imported, and the form that reads another report."""
    takes = importing.takes_files(webinar)
    form = ReportForm(sent(request), request.FILES if request.method == "POST" else None) if takes else None
    if form and request.method == "POST" and form.is_valid():
        try:
            batch = importing.read_file(webinar=webinar, content=form.cleaned_data["upload"], by=request.user)
        except ValidationError as refusal:
            form.add_error("upload", refusal)
        else:
            return redirect("webinars:edit_report", webinar.slug, batch.pk)
    imported = webinar.attendance_imports.filter(imported_at__isnull=False).select_related("by")
    numbers = counts.of(webinar)
    return edit_page(request, webinar, "attendance", form=form, numbers=numbers, imported=imported)


@never_cache
@login_required
@require_safe
@organisers_only
def report(request: HttpRequest, webinar: Webinar, pk: int) -> HttpResponse:
    """What is in a report that was read, and what a press would change."""
    batch = get_object_or_404(webinar.attendance_imports, pk=pk, imported_at=None)
    batch.webinar = webinar
    return edit_page(request, webinar, "report", form=None, preview=importing.preview(batch))


@never_cache
@login_required
@require_POST
@organisers_only
def report_step(request: HttpRequest, webinar: Webinar, pk: int) -> HttpResponse:
    """It counts, or it goes: before it was imported or afterwards."""
    batch = get_object_or_404(webinar.attendance_imports, pk=pk)
    if "import" in request.POST:
        try:
            if importing.import_batch(batch=batch, by=request.user):
                messages.success(request, _("Imported. Everybody is counted once, whichever file they are in."))
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
    else:
        importing.undo(batch=batch, by=request.user)
        undone = _("The import was undone. Whoever is in another file is counted still.")
        messages.success(request, undone if batch.imported_at else _("Nothing was imported."))
    return redirect("webinars:edit_attendance", webinar.slug)


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def figures(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """A number that somebody knows from elsewhere."""
    form = FigureForm(sent(request)) if webinar.is_over and not webinar.cancelled_at else None
    if form and request.method == "POST" and form.is_valid():
        counts.enter(webinar=webinar, by=request.user, **form.cleaned_data)
        messages.success(request, _("The number is kept with its source."))
        return redirect("webinars:edit_attendance", webinar.slug)
    return edit_page(request, webinar, "figures", form=form)


@never_cache
@login_required
@require_POST
@organisers_only
def figure_step(request: HttpRequest, webinar: Webinar, pk: int) -> HttpResponse:
    figure = get_object_or_404(webinar.figures, pk=pk)
    counts.remove(figure=figure, by=request.user)
    messages.success(request, _("The number of “%(source)s” was removed.") % {"source": figure.source})
    return redirect("webinars:edit_attendance", webinar.slug)


@never_cache
@login_required
@require_safe
@organisers_only
def answers(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """What people said afterwards; who said what, nobody knows."""
    survey = feedback.survey_of(webinar)
    counted = results.counted(survey) if survey else ()
    return edit_page(request, webinar, "feedback", form=None, survey=survey, counted=counted)


# ---------- Of a series ----------


def planners_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 for whoever may not know of the series, 403 for whoever may and plans nothing in it."""

    @functools.wraps(view)
    def shown(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponse:
        series = get_object_or_404(Series.objects.visible_to(request.user), slug=slug)
        if not can_plan(request.user, series):
            raise PermissionDenied
        return view(request, series, *args, **kwargs)

    return shown


@never_cache
@login_required
@require_safe
@planners_only
def series_figures(request: HttpRequest, series: Series) -> HttpResponse:
    table = series_counts.of(series, request.user)
    return render(request, "webinars/series_figures.html", {"series": series, "table": table})


@never_cache
@login_required
@require_safe
@planners_only
def series_table(request: HttpRequest, series: Series) -> HttpResponse:
    """The same for a spreadsheet."""
    rows = series_counts.as_table(series_counts.of(series, request.user))
    file = {"Content-Disposition": f'attachment; filename="{series.slug}.csv"'}
    return HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8", headers=file)
