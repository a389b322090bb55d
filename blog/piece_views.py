"""Pages on which members write for the blog, and follow what becomes of it; and where editors remark on it in place."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog import contributions, pieces
from blog.models import BlogPost, Remark
from blog.piece_forms import AnswerForm, PieceForm, RemarkForm, written_in
from content import review
from discussions.markup import article_html
from discussions.unsent import keeps_typed, typed_before, was_read
from members.guards import only
from members.permissions import is_editor

FORM = ["GET", "HEAD", "POST"]


@keeps_typed
@never_cache
@login_required
@require_http_methods(FORM)
def submit(request: HttpRequest) -> HttpResponse:
    return _write(request, BlogPost(), {})


@keeps_typed
@never_cache
@login_required
@require_http_methods(FORM)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    post = _piece(request, pk)
    if not pieces.can_change(post):
        raise PermissionDenied
    return _write(request, post, written_in(post))


def _write(request: HttpRequest, post: BlogPost, initial: dict) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = PieceForm(data, sends="send" in request.POST, initial=initial | typed_before(request))
    was_read(request)
    if form.is_bound and form.is_valid() and "preview" not in request.POST:
        try:
            return _kept(request, post, form)
        except ValidationError as error:
            form.add_error(None, error)
    preview = article_html(form.data["body"][:60_000]) if form.is_bound and form.data.get("body") else None
    return render(request, "blog/write.html", {"form": form, "record": post, "preview": preview})


def _kept(request: HttpRequest, post: BlogPost, form: PieceForm) -> HttpResponse:
    """Raises ValidationError for whoever has too many drafts."""
    saved = pieces.save_piece(post=post, typed=form.typed(), by=request.user)
    if "send" in request.POST:
        pieces.send_piece(post=saved, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("Thank you. Your text is with the editors."))
    else:
        messages.success(request, _("Your text is kept. Nobody but you sees it."))
    return redirect("blog:piece", saved.pk)


def _piece(request: HttpRequest, pk: int) -> BlogPost:
    return get_object_or_404(pieces.of(request.user), pk=pk)


def _page(request: HttpRequest, post: BlogPost, form: AnswerForm, error: str = "") -> HttpResponse:
    case = pieces.case_of(post)
    label, tone = contributions.state_of(post)
    can_change = pieces.can_change(post)
    context = {
        "record": post,
        "case": case,
        "label": label,
        "tone": tone,
        "conversation": list(review.conversation(post)),
        "form": form if case and review.may_answer(case) else None,
        "can_change": can_change,
        "changes": pieces.changes_of(post) if not post.is_published else [],
        "places": list(pieces.with_remarks(post)) if not post.is_published else [],
        "fingerprint": pieces.fingerprint(post) if can_change and case and not pieces.is_agreed(post) else "",
        "error": error,
    }
    return render(request, "blog/piece.html", context, status=409 if error else 200)


@never_cache
@login_required
@require_safe
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _piece(request, pk), AnswerForm())


@never_cache
@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    post, form = _piece(request, pk), AnswerForm(request.POST)
    case = pieces.case_of(post)
    if case is None or not review.may_answer(case):
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, post, form)
    review.answer(case=case, by=request.user, note=form.cleaned_data["text"])
    return redirect("blog:piece", pk)


@never_cache
@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The member agrees to the text as the editors left it."""
    post = _piece(request, pk)
    if pieces.case_of(post) is None or not pieces.can_change(post):
        raise PermissionDenied
    try:
        pieces.approve_piece(post=post, by=request.user, seen=request.POST.get("seen", ""))
    except ValidationError as error:
        return _page(request, post, AnswerForm(), error=" ".join(error.messages))
    messages.success(request, _("Thank you. The editor publishes the text as you agreed to it."))
    return redirect("blog:piece", pk)


@never_cache
@login_required
@require_http_methods(FORM)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    post = _piece(request, pk)
    if post.status != BlogPost.Status.DRAFT:
        raise PermissionDenied
    if request.method == "POST":
        pieces.discard_piece(post=post, by=request.user)
        messages.success(request, _("Your draft is deleted."))
        return redirect("publications:mine")
    return render(request, "blog/discard.html", {"record": post})


# ---------- Editors ----------


@never_cache
@login_required
@require_http_methods(FORM)
@only(is_editor)
def remarks(request: HttpRequest, pk: int) -> HttpResponse:
    """What a member sent in, paragraph by paragraph, each with what editors say about it."""
    post = get_object_or_404(BlogPost, pk=pk)
    form = RemarkForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            paragraph = form.paragraph_of(pieces.paragraphs_of(pieces.words_of(post)["body"]))
        except ValidationError as error:
            form.add_error("text", error)
        else:
            Remark.objects.create(post=post, paragraph=paragraph, text=form.cleaned_data["text"], by=request.user)
            return redirect(f"{request.path}#p{form.cleaned_data['paragraph']}")
    context = {"record": post, "places": list(pieces.with_remarks(post)), "form": form, "case": pieces.case_of(post)}
    return render(request, "blog/remarks.html", context)
