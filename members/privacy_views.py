"""A member's own page on privacy: what they agreed to, everything about them in one file, the end of the account."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import filepath_to_uri
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import consents, erasure, exports
from members.models import DataExport


@never_cache
@login_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "states": consents.state(request.user),
        "history": consents.history(request.user),
        "export": DataExport.objects.filter(user=request.user).first(),
        "download": exports.ready(request.user),
        "kept_days": exports.KEPT.days,
    }
    return render(request, "members/privacy.html", context)


@login_required
@require_POST
def consent(request: HttpRequest, purpose: str) -> HttpResponse:
    try:
        consents.give(
            user=request.user,
            purpose=purpose,
            given=request.POST.get("given") == "yes",
            language=get_language() or settings.LANGUAGE_CODE,
            source=reverse("members:privacy"),
        )
    except KeyError as error:
        raise Http404 from error
    except ValueError:
        return redirect("members:erase")  # the page that says how this one ends
    return redirect("members:privacy")


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    exports.plan(user=request.user, language=get_language() or settings.LANGUAGE_CODE)
    return redirect("members:privacy")


@never_cache
@login_required
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    ready = exports.ready(request.user)
    if ready is None or not default_storage.exists(ready.path):
        raise Http404
    name = f"my-data-{ready.ready_at:%Y-%m-%d}.zip"
    if settings.FILES_ACCEL_PREFIX:  # the server in front sends it, in parts where the line is bad
        address = f"{settings.FILES_ACCEL_PREFIX.rstrip('/')}/{filepath_to_uri(ready.path)}"
        headers = {"X-Accel-Redirect": address, "Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content_type="application/zip", headers=headers)
    return FileResponse(default_storage.open(ready.path), as_attachment=True, filename=name)


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        erasure.erase(user=request.user)
        logout(request)
        return redirect("account_erased")
    context = {"holdings": erasure.all_holdings(), "download": exports.ready(request.user)}
    return render(request, "members/erase.html", context)
