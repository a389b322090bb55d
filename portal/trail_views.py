"""The audit trail as staff read it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from content import trail
from members.guards import only
from members.permissions import is_editor
from portal.trail import Trail


@login_required
@require_safe
@only(is_editor)
def entries(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/trail/list.html", {"trail": Trail(request)})


@login_required
@require_POST
@only(is_editor)
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back one field of one change."""
    entry = get_object_or_404(trail.entries(request.user), pk=pk)
    field = request.POST.get("field", "")
    if not trail.can_restore(entry, field):
        raise Http404
    try:
        trail.restore(entry=entry, field=field, by=request.user)
        messages.success(request, _("Brought back. The trail keeps that too."))
    except ObjectDoesNotExist:
        messages.error(request, _("The record was deleted; nothing was brought back."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(reverse("trail") + f"?kind={entry.content_type_id}&record={entry.object_id}")
