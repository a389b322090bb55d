"""Members say that something is wrong."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from moderation import registry, reporting
from moderation.forms import ReportForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind_key: str, pk: int) -> HttpResponse:
    kind = next((one for one in registry.all_kinds() if one.key == kind_key and one.can_be_reported), None)
    if kind is None:
        raise Http404
    shown = kind.model._default_manager.visible_to(request.user).filter(state="shown")  # type: ignore[attr-defined]
    record = get_object_or_404(kind.with_people(shown), pk=pk)
    if kind.author_of(record) == request.user:
        raise PermissionDenied
    form = ReportForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_bound and form.is_valid() and _send(request, form, record):
        messages.success(request, _("Thank you. A moderator looks at it. The author is not told who wrote."))
        return redirect(kind.url_of(record))
    context = {
        "form": form,
        "record": record,
        "kind": kind,
        "title": kind.title_of(record),
        "text": kind.text_of(record),
        "url": kind.url_of(record),
        "has_reported": reporting.has_reported(request.user, record),  # type: ignore[arg-type]
    }
    return render(request, "moderation/report.html", context)


def _send(request: HttpRequest, form: ReportForm, record: Any) -> bool:
    """Whether moderators have it now; where not, the form says why."""
    try:
        reporting.report(record=record, by=request.user, **form.cleaned_data)
    except reporting.ReportedAlready:
        return True
    except reporting.TooManyReports:
        limit = reporting.A_DAY
        text = ngettext(
            "You can report %(count)s post a day. Keep this text and send it tomorrow.",
            "You can report %(count)s posts a day. Keep this text and send it tomorrow.",
            limit,
        )
        form.add_error(None, text % {"count": limit})
        return False
    return True
