"""The page where a member decides what we send, and the pause."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from notifications import following, preferences, summary_times
from notifications.forms import PreferenceForm
from notifications.kinds import Frequency


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    preference = preferences.of(request.user)
    form = PreferenceForm(request.POST or None, user=request.user, preference=preference)
    if request.method == "POST" and form.is_valid():
        preferences.save_choices(
            user=request.user,
            frequencies=form.frequencies(),
            language=form.cleaned_data["language"],
            time_zone=form.cleaned_data["time_zone"],
            plain_text_only=form.cleaned_data["plain_text_only"],
        )
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("notifications:preferences")
    context = {
        "form": form,
        "frequencies": list(Frequency),
        "paused_until": preferences.paused_until(request.user, preference),
        "pause_ends": summary_times.local_day(preferences.pause_would_end(), request.user.time_zone),
        "followed": following.followed_by(request.user),
    }
    return render(request, "notifications/preferences.html", context)


@login_required
@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    preferences.pause(user=request.user)
    return redirect("notifications:preferences")


@login_required
@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    preferences.resume(user=request.user)
    messages.success(request, _("Letters come again, as you chose below."))
    return redirect("notifications:preferences")
