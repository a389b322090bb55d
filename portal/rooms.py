"""The second row of a member's own pages, and of the staff's rooms: links of what this person may use."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from content import review
from content.permissions import is_editor
from members.models import User
from notifications.permissions import can_see_outbox
from people import conversations
from people.permissions import can_decide_reports
from portal.navigation import Page, current
from publications.permissions import can_import


def own(request: HttpRequest) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: _own(request.path))


def staff(request: HttpRequest) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: _staff(request.path, request.user))


def _own(path: str) -> list[Page]:
    home, security = reverse("me"), reverse("account_email")
    pages = {
        reverse("publications:mine"): _("My contributions"),
        reverse("notifications:notices"): _("Notices"),
        reverse("people:messages"): _("Messages"),
        reverse("people:edit"): _("Profile"),
        reverse("notifications:preferences"): _("What we send you"),
        reverse("members:privacy"): _("Privacy"),
    }
    return [
        Page(_("Overview"), home, "page" if path == home else ""),
        *(Page(label, url).opened(path) for url, label in pages.items()),
        Page(_("Sign-in and security"), security, current(security.removesuffix("email/"), path)),
    ]


def _staff(path: str, user: User | AnonymousUser) -> list[Page]:
    pages = []
    if is_editor(user):
        pages.append(Page(_("Review"), reverse("review"), count=review.waiting_count()))
    if can_decide_reports(user):
        pages.append(Page(_("Reports"), reverse("people:reports"), count=conversations.waiting_count()))
    if can_see_outbox(user):
        pages.append(Page(_("Letters"), reverse("notifications:outbox")))
    if can_import(user):
        pages.append(Page(_("Import"), reverse("imports:list")))
    if is_editor(user):
        pages += [Page(_("Audit trail"), reverse("trail")), Page(_("Records"), reverse("admin:index"))]
    return [page.opened(path) for page in pages]
