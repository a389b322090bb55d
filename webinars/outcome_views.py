"""Where a webinar is shown, and what comes of it: what organisers bring, and the transcript that everybody reads."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from content.caching import public_page
from people.forms import sent
from webinars import outcomes
from webinars import streams as on_air
from webinars.edit_views import FORM, edit_page, organisers_only
from webinars.lists import KIND
from webinars.models import Material, Webinar
from webinars.outcome_forms import MaterialForm, RecordingForm, StreamForm


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def streams(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """Where it is shown live, a language each; `?language=fr` opens what was said of that one."""
    known = webinar.streams.all()
    opened = known.filter(language=request.GET.get("language", "")).first()
    form = StreamForm(sent(request), webinar=webinar, stream=opened)
    if request.method == "POST" and form.is_valid():
        on_air.save_stream(webinar=webinar, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. The page shows it from a quarter of an hour before the start."))
        return redirect("webinars:edit_streams", webinar.slug)
    return edit_page(request, webinar, "streams", form=form, streams=known, opened=opened)


@never_cache
@login_required
@require_POST
@organisers_only
def stream_step(request: HttpRequest, webinar: Webinar, pk: int) -> HttpResponse:
    """A stream is no longer shown."""
    on_air.remove_stream(stream=get_object_or_404(webinar.streams, pk=pk), by=request.user)
    messages.success(request, _("The stream is no longer shown."))
    return redirect("webinars:edit_streams", webinar.slug)


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def recordings(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """Where it can be seen; `?language=fr` opens what was said of that one."""
    known = webinar.recordings.prefetch_related("chapters")
    opened = known.filter(language=request.GET.get("language", "")).first()
    form = RecordingForm(sent(request), webinar=webinar, recording=opened)
    if request.method == "POST" and form.is_valid():
        outcomes.record(webinar=webinar, by=request.user, **form.said())
        messages.success(request, _("Saved. The page shows it now."))
        return redirect("webinars:edit_recordings", webinar.slug)
    return edit_page(request, webinar, "recordings", form=form, recordings=known, opened=opened)


@never_cache
@login_required
@require_POST
@organisers_only
def recording_step(request: HttpRequest, webinar: Webinar, pk: int) -> HttpResponse:
    """A recording is no longer shown. What is at the other house stays there."""
    recording = get_object_or_404(webinar.recordings, pk=pk)
    outcomes.remove_recording(recording=recording, by=request.user)
    messages.success(request, _("The recording is no longer shown."))
    return redirect("webinars:edit_recordings", webinar.slug)


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def materials(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    files = request.FILES if request.method == "POST" else None
    form = MaterialForm(sent(request), files, webinar=webinar)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        content = data.pop("upload")
        try:
            outcomes.add_material(webinar=webinar, content=content, by=request.user, **data)
        except ValidationError as refusal:
            form.add_error("upload", refusal)
        else:
            messages.success(request, _("The file is with the webinar now."))
            return redirect("webinars:edit_materials", webinar.slug)
    rows = webinar.materials.select_related("file")
    return edit_page(request, webinar, "materials", form=form, materials=rows)


@never_cache
@login_required
@require_POST
@organisers_only
def material_step(request: HttpRequest, webinar: Webinar, pk: int) -> HttpResponse:
    material = get_object_or_404(webinar.materials.select_related("file"), pk=pk)
    name = material.name
    outcomes.remove_material(material=material, by=request.user)
    messages.success(request, _("“%(name)s” was removed.") % {"name": name})
    return redirect("webinars:edit_materials", webinar.slug)


@public_page(KIND, "community")
def transcript(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """What was said, minute by minute: each has an address of its own."""
    webinar = get_object_or_404(Webinar.objects.visible_to(request.user).prefetch_related("recordings"), slug=slug)
    kept = webinar.materials.filter(kind=Material.Kind.TRANSCRIPT).select_related("file")
    material = get_object_or_404(kept, language=language)
    recording = next((one for one in webinar.recordings.all() if one.language == language), None)
    context = {"record": webinar, "material": material, "minutes": material.minutes.all(), "recording": recording}
    return render(request, "webinars/transcript.html", context)
