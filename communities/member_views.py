"""Who is in a community, and what its administrators do about it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import inviting, joining, running
from communities.doors import Door, administrators_only, members_only
from communities.halls import frame_of
from communities.member_forms import InviteForm, ReasonForm, RoleForm
from communities.models import Invitation, Membership
from content.paging import slice_of
from people.forms import sent

FORM = ["GET", "HEAD", "POST"]
SHOWN = 50  # people on a page
TOO_MANY = gettext_lazy("This community has sent all the invitations one may send in a day. Go on tomorrow.")
State = Membership.State


@never_cache
@require_safe
@members_only
def members(request: HttpRequest, door: Door) -> HttpResponse:
    rows = running.members_for(door)
    found = slice_of(request, rows, SHOWN)
    everybody = Membership.objects.current().filter(community=door.community, user__is_active=True).count()
    context = {
        **frame_of(door, "members"),
        "people": running.people_of(found.rows, door),
        "found": found,
        "unnamed": everybody - found.count,
    }
    if door.can_administer:
        asked = Membership.objects.asked().filter(community=door.community).select_related("user")
        context["asked"] = running.people_of(asked[:SHOWN], door)
        context["invitations"] = Invitation.objects.open().filter(community=door.community).select_related("user")
    return render(request, "communities/members.html", context)


# ---------- One person ----------


@never_cache
@require_http_methods(FORM)
@administrators_only
def member(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    """Whoever asked is let in or declined; of a member the role is changed, or they are removed."""
    rows = Membership.objects.filter(community=door.community, state__in=(State.ASKED, State.IN, State.DECLINED))
    row = get_object_or_404(rows.select_related("user", "decided_by"), pk=pk)
    forms = {
        "decline": ReasonForm(help_text=_("They read it in the letter that we write to them."), prefix="decline"),
        "remove": ReasonForm(help_text=_("They read it in the letter that we write to them."), prefix="remove"),
        "role": RoleForm(initial={"role": row.role}),
    }
    step = request.POST.get("step", "")
    error = ""
    if request.method == "POST" and step in STEPS:
        if step in forms:
            forms[step] = type(forms[step])(request.POST, prefix=forms[step].prefix)
        try:
            if STEPS[step](request, row, forms.get(step)):
                return redirect("communities:members", door.community.slug)
        except joining.LastAdmin:
            error = _("Nobody else runs this community. Make somebody else an administrator first.")
    (person,) = running.people_of([row], door)
    context = frame_of(door, "members") | {"row": row, "person": person, "forms": forms, "error": error, "step": step}
    return render(request, "communities/member.html", context, status=409 if error else 200)


Step = Callable[[HttpRequest, Membership, "ReasonForm | RoleForm | None"], bool]


def _accept(request: HttpRequest, row: Membership, form: object) -> bool:
    done = joining.decide(membership=row, by=request.user, accept=True)
    said = _("%(name)s is a member now.") if done else _("This was decided already.")
    messages.success(request, said % {"name": row.user})
    return True


def _decline(request: HttpRequest, row: Membership, form: ReasonForm) -> bool:
    if not form.is_valid():
        return False
    done = joining.decide(membership=row, by=request.user, accept=False, reason=form.cleaned_data["reason"])
    said = _("%(name)s was declined, and is told why.") if done else _("This was decided already.")
    messages.success(request, said % {"name": row.user})
    return True


def _change_role(request: HttpRequest, row: Membership, form: RoleForm) -> bool:
    if row.state != State.IN or not form.is_valid():
        return False
    joining.change_role(membership=row, role=form.cleaned_data["role"], by=request.user)
    messages.success(request, _("%(name)s has another role now.") % {"name": row.user})
    return True


def _remove(request: HttpRequest, row: Membership, form: ReasonForm) -> bool:
    if row.state != State.IN or not form.is_valid():
        return False
    joining.remove(membership=row, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("%(name)s was removed, and is told why.") % {"name": row.user})
    return True


STEPS: dict[str, Step] = {"accept": _accept, "decline": _decline, "role": _change_role, "remove": _remove}


# ---------- Invitations ----------


@never_cache
@require_http_methods(FORM)
@administrators_only
def invite(request: HttpRequest, door: Door) -> HttpResponse:
    form = InviteForm(sent(request), initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        try:
            inviting.invite(community=door.community, by=request.user, **form.cleaned_data)
        except inviting.TooMany:
            form.add_error(None, TOO_MANY)
        except inviting.Closed:
            form.add_error(None, _("The community is archived: nobody can come in."))
        else:
            messages.success(request, _("The letter to %(address)s is on its way.") % form.cleaned_data)
            return redirect("communities:members", door.community.slug)
    return render(request, "communities/invite.html", frame_of(door, "members") | {"form": form})


@never_cache
@require_POST
@administrators_only
def invitation_step(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    """Sent again, or withdrawn."""
    found = get_object_or_404(Invitation.objects.open().filter(community=door.community), pk=pk)
    if request.POST.get("step") == "withdraw":
        inviting.withdraw_invitation(invitation=found)
        messages.success(request, _("The invitation is withdrawn: its link leads nowhere."))
    else:
        messages.success(request, _send_again(request, found))
    return redirect("communities:members", door.community.slug)


def _send_again(request: HttpRequest, found: Invitation) -> str:
    try:
        is_sent = inviting.send_again(invitation=found, by=request.user)
    except inviting.TooMany:
        return str(TOO_MANY)
    except inviting.Closed:
        return _("The community is archived: nobody can come in.")
    return _("The letter goes out again.") if is_sent else _("This letter went out less than a day ago.")
