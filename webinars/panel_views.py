"""What panellists do by their personal link, and how organisers send it and read what came back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog.models import BlogPost
from blog.piece_forms import RemarkForm
from blog.pieces import paragraphs_of
from members.permissions import is_editor
from people.forms import sent
from webinars import panel as links
from webinars import summaries
from webinars.edit_views import FORM, edit_page, organisers_only
from webinars.models import PanelLink, Webinar
from webinars.question_forms import AnswerForm, LinkForm

# ---------- By link ----------


def _held(slug: str, key: str) -> tuple[PanelLink, Webinar]:
    """Whoever holds it is that panellist; what has expired or was taken back opens nothing."""
    published = Webinar.objects.filter(status=Webinar.Status.PUBLISHED).select_related("community", "summary_post")
    webinar = get_object_or_404(published, slug=slug)
    link = links.of_key(webinar, key)
    if link is None:
        raise Http404
    link.panellist.webinar = webinar
    return link, webinar


@never_cache
@require_safe
def panel(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    link, webinar = _held(slug, key)
    found = webinar.questions.shown().by_votes()
    context = {"link": link, "webinar": webinar, "waiting": found.open(), "done": found.answered()}
    post = _draft(webinar)
    context["languages"] = summaries.languages_of(post) if post else []
    return render(request, "webinars/panel.html", context)


@never_cache
@require_http_methods(FORM)
def panel_question(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """What waits is answered; what a colleague or an organiser answered is left to organisers."""
    link, webinar = _held(slug, key)
    question = get_object_or_404(webinar.questions.shown().open(), pk=pk)
    form = AnswerForm(sent(request), is_named=True, initial={"language": question.language})
    if request.method == "POST" and form.is_valid():
        links.answer(link=link, question=question, **form.cleaned_data)
        messages.success(request, _("Thank you. Your answer is shown under your name."))
        return redirect(link)
    context = {"link": link, "webinar": webinar, "question": question, "form": form}
    return render(request, "webinars/panel_question.html", context)


def _draft(webinar: Webinar) -> BlogPost | None:
    """The summary as long as it can be remarked on."""
    post = webinar.summary_post
    return post if post and post.status in (BlogPost.Status.DRAFT, BlogPost.Status.IN_REVIEW) else None


@never_cache
@require_http_methods(FORM)
def panel_summary(request: HttpRequest, slug: str, key: str, language: str) -> HttpResponse:
    link, webinar = _held(slug, key)
    post = _draft(webinar)
    if post is None or language not in summaries.languages_of(post):
        raise Http404
    form = RemarkForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            paragraph = form.paragraph_of(paragraphs_of(getattr(post, f"body_{language}")))
            links.remark(link=link, language=language, paragraph=paragraph, text=form.cleaned_data["text"])
        except forms.ValidationError as refusal:
            form.add_error("text", refusal)
        except links.TooMany as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect(f"{request.path}#p{form.cleaned_data['paragraph']}")
    places = list(summaries.with_remarks(webinar, post, language))
    context = {"link": link, "webinar": webinar, "places": places, "form": form, "language": language}
    return render(request, "webinars/panel_summary.html", context)


# ---------- Organisers ----------


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def panel_link(request: HttpRequest, webinar: Webinar, pk: int) -> HttpResponse:
    """Sent to a panellist, or taken back."""
    one = get_object_or_404(webinar.panellists.select_related("user"), pk=pk)
    is_revoked = "revoke" in request.POST
    form = LinkForm(None if is_revoked else sent(request), is_member=one.user is not None)
    if is_revoked:
        links.revoke(panellist=one, by=request.user)
        messages.success(request, _("The link works no longer."))
        return redirect("webinars:panel_link", webinar.slug, one.pk)
    if request.method == "POST" and form.is_valid() and webinar.is_published:
        try:
            links.send_link(panellist=one, by=request.user, email=form.email, language=form.language)
        except links.TooMany as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is written to.") % {"name": one})
            return redirect("webinars:panel_link", webinar.slug, one.pk)
    return edit_page(request, webinar, "link", form=form, one=one, link=one.panel_links.filter(revoked_at=None).first())


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def summary(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """Drafted by an editor in one press; organisers read what panellists remarked."""
    if request.method == "POST":
        if not is_editor(request.user):
            raise PermissionDenied
        try:
            post = summaries.draft_summary(webinar=webinar, by=request.user)
        except summaries.NotYet as refusal:
            messages.error(request, str(refusal))
            return redirect("webinars:edit_summary", webinar.slug)
        return redirect("admin:blog_blogpost_change", post.pk)
    post = webinar.summary_post
    drafts = (
        [(code, list(summaries.with_remarks(webinar, post, code))) for code in summaries.languages_of(post)]
        if post
        else []
    )
    refused = "" if post else summaries.why_not(webinar)
    return edit_page(request, webinar, "summary", form=None, post=post, drafts=drafts, refused=refused)
