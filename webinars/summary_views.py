"""From a webinar to its summary, for organisers and editors: what is there and what is owed, links of the panel, the
draft with what panellists said about it, and the editors' board of all webinars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog.models import BlogPost
from blog.pieces import Place
from content.services import NotReady
from members.guards import only
from members.permissions import is_editor
from people.forms import sent
from webinars import board, summaries
from webinars import panel as links
from webinars.edit_views import FORM, edit_page, organisers_only
from webinars.models import Webinar
from webinars.question_forms import LinkForm


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def panel_link(request: HttpRequest, webinar: Webinar, pk: int) -> HttpResponse:
    """Sent to a panellist, or taken back."""
    one = get_object_or_404(webinar.panellists.select_related("user"), pk=pk)
    if not webinar.is_published:
        raise Http404
    if "revoke" in request.POST:
        links.revoke(panellist=one, by=request.user)
        messages.success(request, _("The link works no longer."))
        return redirect("webinars:panel_link", webinar.slug, one.pk)
    form = LinkForm(sent(request), is_member=one.user is not None)
    if request.method == "POST" and form.is_valid():
        try:
            links.send_link(panellist=one, by=request.user, email=form.email, language=form.language)
        except links.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is written to.") % {"name": one})
            return redirect("webinars:edit_panel", webinar.slug)
    return edit_page(request, webinar, "link", form=form, one=one, link=one.panel_links.filter(revoked_at=None).first())


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def edit_summary(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """Drafted by an editor in one press; organisers read what panellists remarked."""
    if request.method == "POST":
        return _step(request, webinar)
    post = webinar.summary_post
    context = {
        "post": post,
        **(_publishing(webinar, post) if post and not post.is_published else {}),
        "drafts": list(_drafts(webinar, post)) if post else [],
        "refused": "" if post else summaries.why_not(webinar),
        "row": board.row_of(webinar) if webinar.is_over else None,
    }
    return edit_page(request, webinar, "summary", form=None, **context)


def _step(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """Draft it, or make it public."""
    if not is_editor(request.user):
        raise PermissionDenied
    try:
        if "publish" in request.POST and webinar.summary_post:
            summaries.publish_summary(webinar=webinar, by=request.user)
            messages.success(request, _("The summary is public."))
        else:
            post = summaries.draft_summary(webinar=webinar, by=request.user)
            messages.success(request, _("The draft is there. Write what was said, save, and then publish it."))
            back = urlencode({"next": request.path})
            return redirect(f"{reverse('admin:blog_blogpost_change', args=[post.pk])}?{back}")
    except (summaries.NotYet, NotReady) as refusal:
        messages.error(request, str(refusal))
    return redirect("webinars:edit_summary", webinar.slug)


def _publishing(webinar: Webinar, post: BlogPost) -> dict[str, Any]:
    """In which languages it can be made public, and what follows from it."""
    left_out = summaries.unwritten(post)
    return {
        "written": [code for code in summaries.languages_of(post) if code not in left_out],
        "left_out": left_out,
        "goes_on_in": summaries.goes_on_in(webinar) if webinar.questions.shown().exists() else None,
    }


def _drafts(webinar: Webinar, post: BlogPost) -> Iterator[tuple[str, list[Place], list[summaries.Agreed]]]:
    for code in summaries.languages_of(post):
        yield code, list(summaries.with_remarks(webinar, post, code)), summaries.agreed(webinar, post, code)


@never_cache
@login_required
@require_safe
@only(is_editor)
def all_webinars(request: HttpRequest) -> HttpResponse:
    return render(request, "webinars/board.html", {"board": board.Board(request)})
