"""The second row of a member's own pages, and of the staff's rooms: links of what this person may use."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from content import review
from content.permissions import is_editor
from members.models import User
from moderation.queue import waiting_count
from notifications.permissions import can_see_outbox
from people import conversations
from people.permissions import can_decide_reports
from portal.navigation import Page, current
from publications.permissions import can_import


def own(request: HttpRequest) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: _own(request.path))


def staff(request: HttpRequest, moderation: Page | None) -> SimpleLazyObject:
    return SimpleLazyObject(lambda: _staff(request.path, request.user, moderation))


def _own(path: str) -> list[Page]:
    home, security = reverse("me"), reverse("account_email")
    pages = {
        reverse("publications:mine"): _("My contributions"),
        reverse("communities:mine"): _("My communities"),
        reverse("webinars:mine"): _("My webinars"),
        reverse("notifications:notices"): _("Notices"),
        reverse("people:messages"): _("Messages"),
        reverse("people:edit"): _("Profile"),
        reverse("moderation:standing"): _("Standing"),
        reverse("notifications:preferences"): _("What we send you"),
        reverse("members:privacy"): _("Privacy"),
    }
    return [
        Page(_("Overview"), home, "page" if path == home else ""),
        *(Page(label, url).opened(path) for url, label in pages.items()),
        Page(_("Sign-in and security"), security, current(security.removesuffix("email/"), path)),
    ]


def moderation(request: HttpRequest) -> SimpleLazyObject:
    """The way to what waits for a moderator, asked once for a page; nothing for others."""
    return SimpleLazyObject(lambda: _moderation(request.user))


def _moderation(user: User | AnonymousUser) -> Page | None:
    count = waiting_count(user) if user.is_authenticated else None
    return None if count is None else Page(_("Moderation"), reverse("moderation:queue"), count=count)


def _staff(path: str, user: User | AnonymousUser, moderation: Page | None) -> list[Page]:
    pages = []
    if is_editor(user):
        pages.append(Page(_("Review"), reverse("review"), count=review.waiting_count()))
        pages.append(Page(_("Webinars"), reverse("webinars:board")))
    if can_decide_reports(user):
        pages.append(Page(_("Reports"), reverse("people:reports"), count=conversations.waiting_count()))
    if moderation:
        pages += [moderation, Page(_("Moderation log"), reverse("moderation:log"))]
    if can_see_outbox(user):
        pages.append(Page(_("Letters"), reverse("notifications:outbox")))
    if can_import(user):
        pages.append(Page(_("Import"), reverse("imports:list")))
    if is_editor(user):
        pages += [Page(_("Audit trail"), reverse("trail")), Page(_("Records"), reverse("admin:index"))]
    return _opened(pages, path)


def _opened(pages: list[Page], path: str) -> list[Page]:
    """Marked where the reader is: of a room and one inside it, the inner one."""
    opened = [page.opened(path) for page in pages]
    nearest = max((page for page in opened if page.current), key=lambda page: len(page.url), default=None)
    return [page if page is nearest else replace(page, current="") for page in opened]
