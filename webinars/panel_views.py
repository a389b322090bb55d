"""What panellists do by their personal link, without an account."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog.models import BlogPost
from blog.piece_forms import RemarkForm
from blog.pieces import paragraphs_of
from people.forms import sent
from webinars import panel as links
from webinars import summaries
from webinars.edit_views import FORM
from webinars.models import PanelLink, Webinar
from webinars.question_forms import AnswerForm


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever holds it is that panellist. One that works no longer says whom to ask, and nothing of the webinar; one
    that never was is not found. No address of these pages leaves with a link that is followed elsewhere.
    """

    @functools.wraps(view)
    def shown(request: HttpRequest, slug: str, key: str, *args: object, **kwargs: object) -> HttpResponse:
        published = Webinar.objects.filter(status=Webinar.Status.PUBLISHED).select_related("community", "summary_post")
        webinar = get_object_or_404(published, slug=slug)
        link = links.of_key(webinar, key)
        if link is None:
            raise Http404
        link.panellist.webinar = webinar
        works = link.works_at(timezone.now())
        response = view(request, link, *args, **kwargs) if works else _ended(request)
        response.headers["Referrer-Policy"] = "same-origin"  # a stricter one would take the origin from our own forms
        return response

    return shown


def _ended(request: HttpRequest) -> HttpResponse:
    return render(request, "webinars/panel_ended.html", status=410)


def _page(request: HttpRequest, link: PanelLink, template: str, **more: object) -> HttpResponse:
    return render(request, f"webinars/{template}.html", {"link": link, "webinar": link.panellist.webinar, **more})


@never_cache
@require_safe
@by_link
def panel(request: HttpRequest, link: PanelLink) -> HttpResponse:
    webinar = link.panellist.webinar
    found, post = webinar.questions.shown().by_votes(), _draft(webinar)
    agreed = dict(link.panellist.summary_approvals.values_list("language", "at"))
    drafts = [(code, agreed.get(code)) for code in summaries.languages_of(post)] if post else []
    summary = webinar.summary_post if webinar.summary_post and webinar.summary_post.is_published else None
    return _page(
        request, link, "panel", waiting=found.open(), done=found.answered(), drafts=drafts, summary_post=summary
    )


@never_cache
@require_http_methods(FORM)
@by_link
def panel_question(request: HttpRequest, link: PanelLink, pk: int) -> HttpResponse:
    """What waits is answered; what a colleague or an organiser answered is left to organisers."""
    question = get_object_or_404(link.panellist.webinar.questions.shown(), pk=pk)
    form = AnswerForm(sent(request), is_named=True, initial={"language": question.language})
    if request.method == "POST" and form.is_valid():
        try:
            links.answer(link=link, question=question, **form.cleaned_data)
        except links.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Your answer is shown under your name."))
            return redirect(link)
    return _page(request, link, "panel_question", question=question, form=form)


def _draft(webinar: Webinar) -> BlogPost | None:
    """The summary as long as it can be remarked on."""
    post = webinar.summary_post
    return post if post and post.status in (BlogPost.Status.DRAFT, BlogPost.Status.IN_REVIEW) else None


@never_cache
@require_http_methods(FORM)
@by_link
def panel_summary(request: HttpRequest, link: PanelLink, language: str) -> HttpResponse:
    """The draft in one language: remarked on by paragraph, or agreed with as a whole. Each form has its own button."""
    post = _draft(link.panellist.webinar)
    if post is None or language not in summaries.languages_of(post):
        raise Http404
    if "agree" in request.POST:
        return _agree(request, link, post, language)
    form = RemarkForm(sent(request))
    if request.method == "POST" and form.is_valid() and (number := _remark(form, link, post, language)):
        messages.success(request, _("Your remark is kept. The editors read it beside the paragraph."))
        return redirect(f"{request.path}#p{number}")
    context = {
        "post": post,
        "places": list(summaries.with_remarks(link.panellist.webinar, post, language)),
        "language": language,
        "words": summaries.fingerprint(post, language),
        "mine": link.panellist.summary_approvals.filter(language=language).first(),
        "title": getattr(post, f"title_{language}"),
        "summary": getattr(post, f"summary_{language}"),
    }
    return _page(request, link, "panel_summary", form=form, **context)


def _agree(request: HttpRequest, link: PanelLink, post: BlogPost, language: str) -> HttpResponse:
    """With the text that they read, and with no other."""
    if request.POST["agree"] != summaries.fingerprint(post, language):
        messages.error(request, _("An editor has changed the text since you opened this page. Read it once more."))
        return redirect(request.path)
    links.agree(link=link, language=language, words=request.POST["agree"])
    messages.success(request, _("Thank you. The editors see that you agree."))
    return redirect(link)


def _remark(form: RemarkForm, link: PanelLink, post: BlogPost, language: str) -> int:
    """The number of the paragraph; 0 where the form says why nothing was kept."""
    try:
        paragraph = form.paragraph_of(paragraphs_of(getattr(post, f"body_{language}")))
        links.remark(link=link, language=language, paragraph=paragraph, text=form.cleaned_data["text"])
    except forms.ValidationError as refusal:
        form.add_error("text", refusal)
    except links.Refused as refusal:
        form.add_error("text", str(refusal))
    else:
        return int(form.cleaned_data["paragraph"])
    return 0
