"""The questions of a webinar: read by everybody, asked by members and registrants, answered by organisers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content.paging import slice_of
from people.forms import sent
from webinars import asking
from webinars.asking import Asker, NotAsked
from webinars.edit_views import FORM, edit_page, organisers_only
from webinars.models import Question, Webinar
from webinars.question_forms import AnswerForm, HideForm, QuestionForm
from webinars.register_views import own_row

if TYPE_CHECKING:
    from webinars.querysets import QuestionQuerySet


def _known(request: HttpRequest, slug: str) -> Webinar:
    found = Webinar.objects.shown_to(request.user).select_related("community", "series")
    return get_object_or_404(found, slug=slug)


# ---------- Asked ----------


@never_cache
@require_http_methods(FORM)
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody reads them; who is signed in asks, too."""
    webinar = _known(request, slug)
    asker = asking.member(request.user) if request.user.is_authenticated else None
    return _page(request, webinar, asker, webinar.get_absolute_url())


@never_cache
@require_http_methods(FORM)
def own_questions(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The same for whoever holds the link of a registration."""
    row = own_row(slug, key)
    return _page(request, row.webinar, asking.registrant(row), row.get_absolute_url())


def _page(request: HttpRequest, webinar: Webinar, asker: Asker | None, back: str) -> HttpResponse:
    """`back`: the page it belongs to; the pages of questions stand below it."""
    form = QuestionForm(sent(request))
    refused = asking.why_not(webinar, asker) if asker else ""
    if request.method == "POST" and asker and form.is_valid():
        try:
            asking.ask(webinar=webinar, by=asker, **form.cleaned_data)
        except NotAsked as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Your question is there. Others can vote for it."))
            return _return(request, back, "questions")
    page = slice_of(request, _read(webinar, asker))
    context = {
        "webinar": webinar,
        "questions": page.rows,
        "pager": page.pager,
        "voted": asking.voted(webinar, asker),
        "form": None if refused or asker is None else form,
        "refused": refused,
        "asks_as": asker,
        "back": back,
        "play": request.POST.get("play"),
    }
    return render(request, "webinars/questions.html", context)


def _return(request: HttpRequest, back: str, place: str) -> HttpResponse:
    """To the page it was sent from: that of the questions, or that of the webinar with what plays there."""
    playing = request.POST.get("play")
    if playing is None:
        return redirect(f"{back}questions/#{place}")
    query = f"?{urlencode({'play': playing})}" if playing else ""
    return redirect(f"{back}{query}#{place}")


def _read(webinar: Webinar, asker: Asker | None) -> QuestionQuerySet:
    """What is shown, and their own that were hidden."""
    mine = asker.rows() if asker else Q(pk__in=[])
    return webinar.questions.filter(Q(hidden_at=None) | mine).by_votes()


@never_cache
@login_required
@require_POST
def question_step(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    webinar = _known(request, slug)
    return _vote(request, webinar, asking.member(request.user), pk, webinar.get_absolute_url())


@never_cache
@require_POST
def own_question_step(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    row = own_row(slug, key)
    return _vote(request, row.webinar, asking.registrant(row), pk, row.get_absolute_url())


def _vote(request: HttpRequest, webinar: Webinar, asker: Asker, pk: int, back: str) -> HttpResponse:
    question = get_object_or_404(webinar.questions.shown(), pk=pk)
    question.webinar = webinar
    try:
        if "undo" in request.POST:
            asking.take_vote_back(question=question, by=asker)
        elif not asking.vote(question=question, by=asker):
            messages.info(request, _("Your vote counts already."))
    except NotAsked as refusal:
        messages.error(request, str(refusal))
    return _return(request, back, f"q-{question.pk}")


# ---------- Answered ----------


@never_cache
@login_required
@require_safe
@organisers_only
def edit_questions(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    """What waits first, the most wanted on top."""
    found = webinar.questions.by_votes()
    waiting, done = found.shown().open(), found.filter(Q(answered_at__isnull=False) | Q(hidden_at__isnull=False))
    return edit_page(request, webinar, "questions", form=None, waiting=waiting, done=done)


@never_cache
@login_required
@require_http_methods(FORM)
@organisers_only
def edit_question(request: HttpRequest, webinar: Webinar, pk: int) -> HttpResponse:
    """One question: answered in words, or hidden with a reason. Each form sends its own button."""
    question = _one(webinar, pk)
    is_hiding = "hide" in request.POST
    form = AnswerForm(None if is_hiding else sent(request), initial=_said(question, webinar))
    hide = HideForm(request.POST if is_hiding else None)
    if request.method == "POST" and (hide if is_hiding else form).is_valid():
        if is_hiding:
            asking.hide(question=question, by=request.user, reason=hide.cleaned_data["reason"])
            messages.success(request, _("The question is hidden. Whoever asked reads why."))
        else:
            asking.answer(question=question, by=request.user, **form.cleaned_data)
            messages.success(request, _("The answer is shown. Whoever asked is told."))
        return redirect("webinars:edit_questions", webinar.slug)
    shown = hide if is_hiding else form
    return edit_page(request, webinar, "question", form=shown, answer=form, hide=hide, question=question)


def _one(webinar: Webinar, pk: int) -> Question:
    question: Question = get_object_or_404(webinar.questions.select_related("user", "registration"), pk=pk)
    question.webinar = webinar
    return question


def _said(question: Question, webinar: Webinar) -> dict[str, Any]:
    panel = webinar.panellists.all()
    return {
        "text": question.answer,
        "language": question.answer_language or question.language,
        "name": question.answered_name or (str(panel[0]) if len(panel) == 1 else ""),
    }


@never_cache
@login_required
@require_POST
@organisers_only
def answer_step(request: HttpRequest, webinar: Webinar, pk: int) -> HttpResponse:
    """Answered live, open again, shown again: one press each, and each can be undone."""
    question = _one(webinar, pk)
    if "live" in request.POST:
        asking.mark_live(question=question, by=request.user)
        messages.success(request, _("Marked as answered live."))
    elif "reopen" in request.POST:
        asking.reopen(question=question, by=request.user)
        messages.success(request, _("The question is open again."))
    elif "show" in request.POST:
        asking.show(question=question, by=request.user)
        messages.success(request, _("The question is shown again."))
    return redirect("webinars:edit_questions", webinar.slug)
