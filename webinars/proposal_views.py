"""Proposing a webinar for a community, and the conversation with the editors about it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.doors import Door, administrators_only, front
from communities.halls import frame_of
from communities.member_forms import AnswerForm
from content import review
from content.paging import slice_of
from people.forms import sent
from webinars import contributions, services, winners
from webinars.cards import by_time
from webinars.edit_forms import NewForm
from webinars.models import Registration, Webinar
from webinars.permissions import can_propose

FORM = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
@front
def community(request: HttpRequest, door: Door) -> HttpResponse:
    """The webinars of a community: those ahead first, each with its time on the reader's clock."""
    if not door.community.is_published:
        raise Http404
    found = Webinar.objects.shown_to(request.user).of_community(door.community)
    ahead = found.upcoming().for_cards()
    past = slice_of(request, found.exclude(pk__in=found.upcoming().order_by().values("pk")).for_cards())
    context = {**by_time(ahead[:20], past.rows), "pager": past.pager}
    context |= {"can_propose": can_propose(door), **frame_of(door, "webinars")}
    return render(request, "webinars/community.html", context)


@never_cache
@require_http_methods(FORM)
@administrators_only
def new(request: HttpRequest, door: Door) -> HttpResponse:
    if not can_propose(door):
        raise PermissionDenied
    form = NewForm(sent(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        webinar = form.webinar()
        community = door.community
        links = {"topics": community.topics.all(), "organisations": community.organisations.all()}
        services.begin_webinar(webinar=webinar, by=request.user, community=community, links=links)
        messages.success(request, _("It is kept. Add the panel and the facts, then send it to the editors."))
        return redirect("webinars:proposal", webinar.pk)
    return render(request, "webinars/new.html", frame_of(door, "webinars") | {"form": form})


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The webinars somebody comes to, and those they may edit."""
    found = Webinar.objects.organised_by(request.user).order_by("-starts_at", "-pk")
    page = slice_of(request, found.select_related("community"))
    rows = [(one, *contributions.state_of(one)) for one in page.rows]
    coming = Registration.objects.of(request.user).current().filter(webinar__ends_at__gt=timezone.now())
    coming = coming.select_related("webinar").order_by("webinar__starts_at", "pk")
    return render(request, "webinars/mine.html", {"coming": coming, "rows": rows, "pager": page.pager})


def _theirs(request: HttpRequest, pk: int) -> Webinar:
    return get_object_or_404(Webinar.objects.organised_by(request.user).with_detail_data(), pk=pk)


def _page(request: HttpRequest, webinar: Webinar, form: AnswerForm) -> HttpResponse:
    case = contributions.case_of(webinar)
    label, tone = contributions.state_of(webinar)
    context = {
        "webinar": webinar,
        "case": case,
        "label": label,
        "tone": tone,
        "conversation": contributions.conversation(webinar),
        "form": form if case and review.may_answer(case) else None,
        "poll": winners.poll_of(webinar, request.user),
        "missing": contributions.missing(webinar),
        "can_send": contributions.can_send(webinar, case),
    }
    return render(request, "webinars/proposal.html", context)


@never_cache
@login_required
@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _theirs(request, pk), AnswerForm())


@never_cache
@login_required
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """To the editors, for the first time or again."""
    webinar = _theirs(request, pk)
    if not contributions.can_send(webinar, contributions.case_of(webinar)):
        raise PermissionDenied
    if contributions.missing(webinar):
        messages.error(request, _("Something is still missing: the list says what."))
    else:
        services.send_webinar(webinar=webinar, by=request.user)
        messages.success(request, _("Your webinar is with the editors."))
    return redirect("webinars:proposal", pk)


@never_cache
@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    webinar, form = _theirs(request, pk), AnswerForm(request.POST)
    case = contributions.case_of(webinar)
    if case is None or not review.may_answer(case):
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, webinar, form)
    review.answer(case=case, by=request.user, note=form.cleaned_data["text"])
    return redirect("webinars:proposal", pk)
