"""Comments on a post: who may enter is asked here, what stands there is `discussions.pages`."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.comments import may_write
from blog.models import BlogPost
from content.caching import EVERY_TYPE, public_page
from discussions import pages, tool_pages, writing_pages
from discussions.hall import Hall
from discussions.unsent import keeps_typed
from members.permissions import is_editor

FORM = ["GET", "HEAD", "POST"]


def hall_of(request: HttpRequest, slug: str) -> Hall:
    """404 for a post that is not public."""
    post = get_object_or_404(BlogPost.objects.published(), slug=slug)
    return Hall(
        place=post,
        user=request.user,
        frame="blog/_frame.html",
        can_write=may_write(request.user, post),
        can_moderate=bool(is_editor(request.user)),
        context={"record": post},
    )


@public_page(EVERY_TYPE, "member")
def thread(request: HttpRequest, slug: str, address: str) -> HttpResponse:
    return pages.thread(request, hall_of(request, slug), address)


@never_cache
@require_safe
def history(request: HttpRequest, slug: str, address: str, pk: int) -> HttpResponse:
    return pages.history(request, hall_of(request, slug), address, pk)


@keeps_typed
@never_cache
@login_required
@require_http_methods(FORM)
def reply(request: HttpRequest, slug: str, address: str) -> HttpResponse:
    return writing_pages.reply(request, hall_of(request, slug), address)


@keeps_typed
@never_cache
@login_required
@require_http_methods(FORM)
def edit(request: HttpRequest, slug: str, address: str, pk: int) -> HttpResponse:
    return writing_pages.edit(request, hall_of(request, slug), address, pk)


@keeps_typed
@never_cache
@login_required
@require_http_methods(FORM)
def translate(request: HttpRequest, slug: str, address: str, pk: int) -> HttpResponse:
    return writing_pages.translate(request, hall_of(request, slug), address, pk)


@never_cache
@login_required
@require_POST
def remove_translation(request: HttpRequest, slug: str, address: str, pk: int) -> HttpResponse:
    return writing_pages.remove_translation(request, hall_of(request, slug), address, pk)


@never_cache
@login_required
@require_POST
def wish(request: HttpRequest, slug: str, address: str) -> HttpResponse:
    return tool_pages.wish(request, hall_of(request, slug), address)


@never_cache
@login_required
@require_http_methods(FORM)
def lock(request: HttpRequest, slug: str, address: str) -> HttpResponse:
    return tool_pages.lock(request, hall_of(request, slug), address)


@never_cache
@login_required
@require_POST
def reopen(request: HttpRequest, slug: str, address: str) -> HttpResponse:
    return tool_pages.reopen(request, hall_of(request, slug), address)
