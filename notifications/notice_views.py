"""What a member was told, on their page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from content.paging import slice_of
from notifications import notices
from notifications.lines import lines
from notifications.models import Notice


@login_required
@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    page = slice_of(request, Notice.objects.visible_to(request.user))
    context = {"page": page, "pager": page.pager, "lines": lines(page.rows, request.user)}
    context["unread"] = notices.unread_count(request.user)
    return render(request, "notifications/notices.html", context)


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    notices.mark_all_read(user=request.user)
    return redirect("notifications:notices")
