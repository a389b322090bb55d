"""The team's page for bringing references in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content.paging import slice_of
from members.guards import only
from publications import import_runs
from publications.import_forms import ImportForm
from publications.models import ImportRun, ImportVerdict
from publications.permissions import can_import

SHOWN_ORGANISATIONS = 20


def _run(pk: int) -> ImportRun:
    return get_object_or_404(ImportRun.objects.select_related("by", "licence"), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@only(can_import)
def imports(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run = import_runs.start_run(**form.cleaned_data, by=request.user)
        return redirect("imports:detail", run.pk)
    runs = slice_of(request, ImportRun.objects.select_related("by"))
    return render(request, "imports/list.html", {"form": form, "runs": runs})


@login_required
@require_safe
@only(can_import)
def import_(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(pk)
    kind = request.GET.get("kind", "")
    verdicts = run.verdicts.select_related("record")
    shown = verdicts.filter(kind=kind) if kind in ImportVerdict.Kind.values else verdicts
    organisations = list(run.unknown_organisations.items())[:SHOWN_ORGANISATIONS]
    counts = import_runs.counts(run)
    tabs = [{"label": _("All"), "url": request.path, "is_current": shown is verdicts, "count": sum(counts.values())}]
    tabs += [
        {"label": one.label, "url": f"{request.path}?kind={one}", "is_current": kind == one, "count": counts[one]}
        for one in ImportVerdict.Kind
    ]
    context = {"run": run, "verdicts": slice_of(request, shown, 50), "counts": counts, "organisations": organisations}
    return render(request, "imports/detail.html", context | {"tabs": tabs})


@login_required
@require_POST
@only(can_import)
def write_import(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(pk)
    import_runs.write_run(run=run)
    return redirect("imports:detail", run.pk)


@login_required
@require_POST
@only(can_import)
def remove_import(request: HttpRequest, pk: int) -> HttpResponse:
    import_runs.remove_run(run=_run(pk))
    messages.success(request, _("The file and its result are forgotten. Records that were written stay."))
    return redirect("imports:list")
