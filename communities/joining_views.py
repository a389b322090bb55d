"""The way into a community and out of it, for whoever goes it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from communities import conduct, joining, permissions
from communities.doors import Door, front
from communities.halls import frame_of
from communities.member_forms import JoinForm
from communities.models import Invitation, Membership
from content.translations import words
from members.addresses import is_ours
from people.forms import sent

FORM = ["GET", "HEAD", "POST"]
LONGEST_PATH = 500


@never_cache
@login_required
@require_http_methods(FORM)
@front
def join(request: HttpRequest, door: Door) -> HttpResponse:
    """With the code of conduct; then on to what somebody wanted to see."""
    wanted = wanted_path(request, door)
    if door.membership:
        return redirect(wanted or door.community)
    if door.invitation:
        return redirect(door.invitation)
    if not permissions.can_join(request.user, door.community, door.row):
        raise PermissionDenied
    asks = permissions.must_ask(door.community, door.row)
    form = JoinForm(sent(request), asks=asks, question=words(door.community, "question").text)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data.get("answer", "")
        row = joining.join(community=door.community, by=request.user, answer=answer, wanted=wanted)
        return _after(request, door, row, wanted)
    context = {**frame_of(door, ""), "form": form, "asks": asks, "next": wanted, "conduct": conduct.text()}
    return render(request, "communities/join.html", context)


def _after(request: HttpRequest, door: Door, row: Membership, wanted: str) -> HttpResponse:
    if row.state == Membership.State.ASKED:
        messages.success(request, _("Your request is with the people who run the community. We write to you."))
        return redirect(door.community)
    messages.success(request, _("Welcome. You are a member now."))
    return redirect(wanted or door.community)


def wanted_path(request: HttpRequest, door: Door) -> str:
    """What `next` asks for, if it stands inside this community, in whatever language; nothing else is followed."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    code, inside = _split(asked)
    is_inside = code in dict(settings.LANGUAGES) and inside.startswith(_split(door.community.get_absolute_url())[1])
    is_plain = len(asked) <= LONGEST_PATH and asked.isprintable() and not any(part in asked for part in ("..", "\\"))
    return asked if is_inside and is_plain and is_ours(request, asked) else ""


def _split(path: str) -> tuple[str, str]:
    """The language of a path, and what follows."""
    code, _slash, rest = path.removeprefix("/").partition("/")
    return code, rest


@never_cache
@login_required
@require_http_methods(FORM)
@front
def leave(request: HttpRequest, door: Door) -> HttpResponse:
    row = door.row
    if row is None or row.state not in (Membership.State.IN, Membership.State.ASKED):
        raise PermissionDenied
    if request.method == "POST":
        try:
            joining.leave(membership=row)
        except joining.LastAdmin:
            return render(request, "communities/leave.html", frame_of(door, "") | {"is_last": True}, status=409)
        has_asked = row.state == Membership.State.ASKED
        said = _("Your request is taken back.") if has_asked else _("You are no longer a member. You can join again.")
        messages.success(request, said)
        return redirect("communities:mine" if door.community.is_private else door.community)
    return render(request, "communities/leave.html", frame_of(door, "") | {"is_last": False})


@never_cache
@require_http_methods(FORM)
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """What the letter's link shows, to whoever holds it: what it is for, who asks, and the code of conduct."""
    found = _invitation(request, key)
    door = Door(found.community, request.user)
    if door.membership and not found.user_id and not found.accepted_at:
        return redirect(found.community)
    if found.accepted_by_id and found.accepted_by_id == request.user.pk:
        return redirect(found.community)
    is_over = not found.holds or permissions.is_outdated(found, door.row)
    if is_over or not permissions.takes_people(found.community):
        return render(request, "communities/invitation_gone.html", status=410)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if permissions.is_banned(door.row):
        raise PermissionDenied
    form = JoinForm(sent(request), asks=False)
    if request.method == "POST" and form.is_valid():
        joining.accept_invitation(invitation=found, by=request.user)
        messages.success(request, _("Welcome. You are a member now."))
        return redirect(found.community)
    context = {"invitation": found, "community": found.community, "form": form, "conduct": conduct.text()}
    return render(request, "communities/invitation.html", context)


def _invitation(request: HttpRequest, key: str) -> Invitation:
    """One that went to a member by name is theirs alone; before they sign in, nobody is told whose it is."""
    found = get_object_or_404(Invitation.objects.select_related("community", "by", "user"), key=key)
    if found.user_id and request.user.is_authenticated and found.user_id != request.user.pk:
        raise Http404
    return found
