"""What is done with a discussion by one press or with one word: following, the answer, and moderators' tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from content.addresses import key_in
from discussions import permissions, places, reading, tools
from discussions.forms import ReasonForm, TitleForm
from discussions.models import Reading, Thread
from discussions.pages import of_thread, thread_at

if TYPE_CHECKING:
    from django.db.models import Model

    from discussions.hall import Hall


def _here(hall: Hall, address: str) -> Thread:
    found = thread_at(hall, address)
    if not places.stands_at(found, hall.place):
        raise Http404
    return found


def _moderated(hall: Hall, address: str) -> Thread:
    found = _here(hall, address)
    if not hall.can_moderate:
        raise PermissionDenied
    return found


# ---------- Whoever reads ----------


def wish(request: HttpRequest, hall: Hall, address: str) -> HttpResponse:
    found = _here(hall, address)
    chosen = request.POST.get("wish", "")
    if chosen not in Reading.Wish.values:
        raise Http404
    reading.wish(by=hall.user, thread=found, wish=chosen)
    said = {
        "follow": _("You follow this discussion."),
        "mute": _("You hear nothing of this discussion any more."),
        "": _("You no longer follow this discussion."),
    }
    messages.success(request, said[chosen])
    return redirect(found)


def read_all(request: HttpRequest, hall: Hall) -> HttpResponse:
    reading.mark_all_read(by=hall.user, place=hall.place)
    return redirect(places.of(hall.place).path_of(hall.place))


def answer(request: HttpRequest, hall: Hall, address: str) -> HttpResponse:
    """Mark a post as the answer; without one, take the mark away."""
    found = _here(hall, address)
    if not permissions.can_mark_answer(hall.user, found, moderates=hall.can_moderate):
        raise PermissionDenied
    post = None
    if asked := request.POST.get("post", ""):
        post = get_object_or_404(found.posts.shown().filter(number__gt=1), pk=key_in(asked))
        post.thread = found
    tools.mark_answer(by=hall.user, thread=found, post=post)
    return redirect(post or found)


# ---------- Moderators ----------


def pin(request: HttpRequest, hall: Hall, address: str) -> HttpResponse:
    found = _moderated(hall, address)
    tools.pin(by=hall.user, thread=found, on="off" not in request.POST)
    return redirect(found)


def lock(request: HttpRequest, hall: Hall, address: str) -> HttpResponse:
    found = _moderated(hall, address)
    form = ReasonForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_bound and form.is_valid():
        tools.lock(by=hall.user, thread=found, reason=form.cleaned_data["reason"])
        return redirect(found)
    return render(request, "discussions/lock.html", of_thread(hall, found, form=form))


def reopen(request: HttpRequest, hall: Hall, address: str) -> HttpResponse:
    found = _moderated(hall, address)
    tools.reopen(by=hall.user, thread=found)
    return redirect(found)


def retitle(request: HttpRequest, hall: Hall, address: str) -> HttpResponse:
    found = _moderated(hall, address)
    first = {"title": found.title, "kind": found.kind}
    form = TitleForm(request.POST if request.method == "POST" else None, initial=first, label_suffix="")
    if form.is_bound and form.is_valid():
        tools.retitle(by=hall.user, thread=found, **form.cleaned_data)
        return redirect(found)
    return render(request, "discussions/retitle.html", of_thread(hall, found, form=form))


def move(request: HttpRequest, hall: Hall, address: str) -> HttpResponse:
    """Into another place that the moderator runs, too."""
    found = _moderated(hall, address)
    others = _others(hall)
    if request.method == "POST":
        there = others.get(request.POST.get("place", ""))
        if there is None:
            raise Http404
        tools.move(by=hall.user, thread=found, place=there)
        messages.success(request, _("The discussion was moved. Its former address leads here."))
        return redirect(found)
    choices = [(key, places.of(row).name_of(row)) for key, row in others.items()]
    return render(request, "discussions/move.html", of_thread(hall, found, places=choices))


def _others(hall: Hall) -> dict[str, Model]:
    """The other places that somebody runs, by what names them in a form."""
    takers = [place for place in places.all_places() if place.takes_threads]
    found = {f"{place.key}-{row.pk}": row for place in takers for row in place.run_by(hall.user)}
    found.pop(f"{places.of(hall.place).key}-{hall.place.pk}", None)
    return found
