"""Writing to a member, answering, and what protects from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from content import addresses
from content.paging import slice_of
from people import conversations
from people.forms import AnswerForm, MessageForm, ReportForm, sent
from people.models import Block, Message, Profile

if TYPE_CHECKING:
    from members.models import User

FORM = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_http_methods(FORM)
def write(request: HttpRequest, handle: str) -> HttpResponse:
    other = _other(request, handle)
    if not conversations.has_verified_address(request.user):
        raise PermissionDenied
    if not conversations.takes_messages_from(recipient=other.user, sender=request.user):
        return render(request, "people/not_taken.html", {"other": other}, status=403)
    form = MessageForm(sent(request))
    if request.method == "POST" and form.is_valid() and (written := _send(request, form, other, **form.cleaned_data)):
        messages.success(request, _("Your message is on its way."))
        return redirect(written)
    return render(request, "people/write.html", {"form": form, "other": other})


def _send(request: HttpRequest, form: MessageForm | AnswerForm, other: Profile, **what: str) -> Message | None:
    """The message, or none: then the form says why."""
    try:
        return conversations.send_message(by=request.user, to=other.user if other else None, **what)
    except conversations.TooManyMessages:
        limit = conversations.A_DAY
        form.add_error(
            None,
            ngettext(
                "You can write %(count)s message a day. Keep this text and send it tomorrow.",
                "You can write %(count)s messages a day. Keep this text and send it tomorrow.",
                limit,
            )
            % {"count": limit},
        )
    except conversations.NotTaken:
        form.add_error(None, _("This member takes no messages at the moment."))
    return None


@never_cache
@login_required
@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    threads = Message.objects.visible_to(request.user).threads().with_newest()
    return render(request, "people/messages.html", {"found": slice_of(request, threads)})


@never_cache
@login_required
@require_http_methods(FORM)
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """A conversation, oldest first, with a box for the answer where one can be sent."""
    first = get_object_or_404(Message.objects.visible_to(request.user).threads(), pk=pk)
    other = first.recipient if first.sender_id == request.user.pk else first.sender
    form = AnswerForm(sent(request))
    if request.method == "POST":
        if not conversations.has_verified_address(request.user):
            raise PermissionDenied
        profile = Profile.objects.filter(user=other).first() if other else None
        what = {"subject": first.subject, "thread": first}
        if form.is_valid() and _send(request, form, profile, text=form.cleaned_data["text"], **what):
            return redirect(first)
    can_answer = conversations.takes_messages_from(recipient=other, sender=request.user, thread=first)
    context = {
        "first": first,
        "posts": Message.objects.of_thread(first.pk),
        "other": other,
        "other_profile": _page_of(request, other),
        "can_answer": can_answer or form.is_bound,
        "form": form,
    }
    return render(request, "people/message.html", context)


def _page_of(request: HttpRequest, other: User | None) -> Profile | None:
    return Profile.objects.visible_to(request.user).filter(user=other).first() if other else None


@never_cache
@login_required
@require_http_methods(FORM)
def block(request: HttpRequest, handle: str) -> HttpResponse:
    other = _other(request, handle)
    if request.method == "POST":
        conversations.block(by=request.user, other=other.user)
        messages.success(request, _("%(name)s is blocked.") % {"name": other})
        return redirect("people:edit")
    return render(request, "people/block.html", {"other": other})


@never_cache
@login_required
@require_POST
def unblock(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Block.objects.select_related("blocked"), pk=pk, blocker=request.user)
    conversations.unblock(by=request.user, other=row.blocked)
    return redirect("people:edit")


@never_cache
@login_required
@require_http_methods(FORM)
def report(request: HttpRequest, handle: str) -> HttpResponse:
    """About a member, or about a message of theirs: ?message=12."""
    other = _other(request, handle)
    to_reader = Message.objects.filter(sender=other.user, recipient=request.user)
    asked = addresses.key_in(request.GET.get("message", ""))
    shown = to_reader.filter(pk=asked).first() if asked is not None else None
    form = ReportForm(sent(request))
    if request.method == "POST" and form.is_valid():
        conversations.report(by=request.user, about=other.user, message=shown, **form.cleaned_data)
        messages.success(request, _("Thank you. The editors will look at it. The member is not told who wrote."))
        return redirect(other)
    return render(request, "people/report.html", {"form": form, "other": other, "about": shown})


def _other(request: HttpRequest, handle: str) -> Profile:
    """Somebody else whom the reader may see."""
    visible = Profile.objects.visible_to(request.user).exclude(user=request.user)
    return get_object_or_404(visible.select_related("user"), handle=handle)
