"""Sharing a publication, step by step: file, details, check and send. A draft is its owner's alone."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members.permissions import can_publish_at_once
from publications import correcting, guessing, uploading
from publications.beginning_forms import FileForm, LinkForm, ReferenceForm, VersionForm
from publications.duplicates import similar_to
from publications.models import Draft, Publication
from publications.permissions import can_correct_at_once
from publications.summaries import rows_of
from publications.upload_forms import DetailsForm, data_of

if TYPE_CHECKING:
    from django import forms

    from members.models import User

Beginning, Step = Draft.Beginning, Draft.Step
SHOWN_DRAFTS = 5
FORM = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(FORM)
def begin(request: HttpRequest) -> HttpResponse:
    way = request.POST.get("way", "")
    ways: dict[str, forms.Form] = {"file": FileForm(), "reference": ReferenceForm(), "link": LinkForm()}
    failed = None
    if request.method == "POST":
        if way in ways:
            ways[way] = failed = _bound(way, request)
        if draft := _begun(request, way, failed):
            return redirect(draft)
    context = {
        "ways": ways,
        "failed": failed,
        "drafts": Draft.objects.visible_to(request.user).unsent().select_related("file")[:SHOWN_DRAFTS],
        "publishes_at_once": can_publish_at_once(request.user),
    }
    return render(request, "publications/upload.html", context)


def _bound(way: str, request: HttpRequest) -> forms.Form:
    if way == Beginning.FILE:
        return FileForm(request.POST, request.FILES)
    return {"reference": ReferenceForm, "link": LinkForm}[way](request.POST)


def _begun(request: HttpRequest, way: str, form: forms.Form | None) -> Draft | None:
    """The draft that somebody begins, or None where the form says what is wrong."""
    if form is None:
        return uploading.begin_draft(by=request.user, begun_with=Beginning.BLANK) if way == Beginning.BLANK else None
    if not form.is_valid():
        return None
    try:
        if isinstance(form, FileForm):
            upload = form.cleaned_data["upload"]
            return uploading.begin_with_file(by=request.user, content=upload, name=upload.name)
        data = (
            guessing.from_reference(form.chosen)
            if isinstance(form, ReferenceForm)
            else {"link": [form.cleaned_data["link"]]}
        )
        return uploading.begin_draft(by=request.user, begun_with=way, data=data)
    except ValidationError as error:
        form.add_error("upload" if way == Beginning.FILE else way, error)
        return None


def _draft_for(request: HttpRequest, key: str) -> Draft:
    """The reader's own, or 404."""
    drafts = Draft.objects.visible_to(request.user).select_related("file", "publication", "owner")
    return get_object_or_404(drafts, key=key)


def of_draft(view: Callable[[HttpRequest, Draft], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of one's own draft. One that was sent leads on to what became of it."""

    @login_required
    @require_http_methods(FORM)
    @functools.wraps(view)
    def shown(request: HttpRequest, key: str) -> HttpResponse:
        draft = _draft_for(request, key)
        return redirect("publications:contribution", draft.publication_id) if draft.sent_at else view(request, draft)

    return shown


def _is_public_at_once(user: User, draft: Draft) -> bool:
    if draft.publication and draft.publication.is_published:
        return can_correct_at_once(user, draft.publication)
    return can_publish_at_once(user)


def _page(request: HttpRequest, template: str, draft: Draft, step: str, **more: Any) -> HttpResponse:
    steps = list(Step)
    context = {
        "draft": draft,
        "steps": [one.label for one in steps],
        "current": steps.index(Step(step)) + 1,
        "similar": similar_to(draft, reader=request.user),
        "publishes_at_once": _is_public_at_once(request.user, draft),
        **more,
    }
    return render(request, template, context)


@of_draft
def file(request: HttpRequest, draft: Draft) -> HttpResponse:
    if request.method == "POST" and "leave_out" in request.POST:
        uploading.leave_file_out(draft=draft)
        return redirect("publications:draft_file", draft.key)
    form = VersionForm(request.POST or None, request.FILES or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        try:
            uploading.keep_file(draft=draft, replaces=form.cleaned_data.get("replaces", ""), **form.uploaded)
        except ValidationError as error:
            form.add_error("upload", error)
        else:
            return redirect("publications:draft_details", draft.key)
    return _page(request, "publications/draft_file.html", draft, Step.FILE, form=form)


@of_draft
def details(request: HttpRequest, draft: Draft) -> HttpResponse:
    if request.method == "POST":
        form = DetailsForm(request.POST, draft=draft)
        is_whole = form.is_valid()
        uploading.keep_typed(draft=draft, data=form.raw(), step=Step.CHECK if is_whole else Step.DETAILS)
        if "later" in request.POST:
            return redirect("publications:mine")
        if is_whole:
            return redirect("publications:draft_check", draft.key)
    else:
        form = DetailsForm(data_of(draft) if "errors" in request.GET else None, draft=draft)
    return _page(request, "publications/draft_details.html", draft, Step.DETAILS, form=form)


@of_draft
def check(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = DetailsForm(data_of(draft), draft=draft)
    if not form.is_valid():
        return _back_to_details(draft)
    if request.method == "POST":
        try:
            publication = uploading.send_draft(draft=draft, by=request.user)
        except ValidationError:
            return _back_to_details(draft)
        return redirect("publications:contribution", publication.pk)
    rows = rows_of(form.cleaned_data)
    return _page(request, "publications/draft_check.html", draft, Step.CHECK, rows=rows, details=form.cleaned_data)


def _back_to_details(draft: Draft) -> HttpResponse:
    return redirect(reverse("publications:draft_details", args=[draft.key]) + "?errors=1")


@login_required
@require_http_methods(FORM)
def discard(request: HttpRequest, key: str) -> HttpResponse:
    draft = get_object_or_404(Draft.objects.visible_to(request.user).unsent().select_related("file"), key=key)
    if request.method == "POST":
        uploading.discard_draft(draft=draft)
        return redirect("publications:mine")
    return render(request, "publications/draft_discard.html", {"draft": draft})


@login_required
@require_http_methods(FORM)
def same(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """ "It is this one": the draft ends here, or its file goes on as a correction of the record there is."""
    draft = get_object_or_404(Draft.objects.visible_to(request.user).unsent().select_related("file"), key=key)
    publication = get_object_or_404(Publication.objects.published(), pk=pk)
    if request.method != "POST":
        return render(request, "publications/draft_same.html", {"draft": draft, "record": publication})
    if draft.file and "add" in request.POST:
        try:
            return redirect(correcting.offer_file(draft=draft, publication=publication, by=request.user))
        except correcting.Waiting:
            return _say_it_waits(request, draft, publication)
    uploading.discard_draft(draft=draft)
    return redirect(publication)


def _say_it_waits(request: HttpRequest, draft: Draft, publication: Publication) -> HttpResponse:
    said = _("A correction of this publication waits for an editor. You can propose the next one once it is decided.")
    messages.warning(request, said)
    return redirect("publications:draft_same", draft.key, publication.pk)


@login_required
@require_POST
def other(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """ "No, another one": kept, and told to the editor."""
    draft = get_object_or_404(Draft.objects.visible_to(request.user).unsent(), key=key)
    publication = get_object_or_404(Publication.objects.visible_to(request.user), pk=pk)
    if "title" in request.POST:  # pressed in the middle of the form: what was typed comes along
        uploading.keep_typed(draft=draft, data=DetailsForm(request.POST, draft=draft).raw(), step=draft.step)
    uploading.keep_other(draft=draft, publication=publication)
    return redirect(draft)
