"""What somebody typed and has not sent: kept before anything is tried, for a month, and shown until it is sent.

Who is no longer signed in has it kept in their session, which they keep when they sign in.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content.services import about
from discussions.models import Unsent
from files.services import remove_file, store_file

if TYPE_CHECKING:
    from django.core.files.base import File
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

    from discussions.models import Thread
    from files.models import StoredFile
    from members.models import User

MOST_FILES = 5
MOST_KEPT = 40  # files of one member in texts that are not sent: beyond that somebody fills our disk
SESSION = "unsent"
LONGEST = 25_000  # characters kept for somebody whom we do not know yet
View = Callable[..., "HttpResponse"]


def kept(*, by: User, place: Model, thread: Thread | None) -> Unsent | None:
    return Unsent.objects.of(by, place, thread).prefetch_related("files").first()


@transaction.atomic
def keep(*, by: User, place: Model, thread: Thread | None, data: Mapping[str, Any]) -> Unsent:
    """Keep what was typed, right or wrong, in place of what was kept before."""
    said = {"data": dict(data), "updated_at": timezone.now()}
    where = {"thread": thread} if thread else {**about(place), "thread": None}
    row, _is_new = Unsent.objects.update_or_create(
        user=by, **where, defaults=said, create_defaults={**said, **about(place)}
    )
    return row


def add_file(*, unsent: Unsent, content: File) -> None:
    """Raises ValidationError with the sentence where a file is refused."""
    if unsent.files.count() >= MOST_FILES:
        raise ValidationError(_("A post takes five files at most. Remove one first."))
    if Unsent.files.through.objects.filter(unsent__user=unsent.user_id).count() >= MOST_KEPT:
        raise ValidationError(_("Many files of yours wait in texts that you have not sent. Send or discard one first."))
    stored = store_file(content=content, name=content.name or "file", language=unsent.data.get("language", ""))
    unsent.files.add(stored)


@transaction.atomic
def leave_out(*, unsent: Unsent, keys: Iterable[str]) -> None:
    for stored in unsent.files.filter(key__in=list(keys)):
        unsent.files.remove(stored)
        _drop(stored)


@transaction.atomic
def discard(*, unsent: Unsent) -> None:
    stored = list(unsent.files.all())
    unsent.delete()
    for one in stored:
        _drop(one)


def _drop(stored: StoredFile) -> None:
    if not stored.post_attachments.exists() and not stored.unsent_posts.exists():
        remove_file(stored=stored)


def remove_forgotten() -> int:
    """What nobody touched for as long as we keep it. Answers how many."""
    forgotten = list(Unsent.objects.forgotten()[:1000])
    for unsent in forgotten:
        discard(unsent=unsent)
    return len(forgotten)


# ---------- Without an account at hand ----------


def keeps_typed(view: View) -> View:
    """Outermost around a view that takes a text: whoever is led to the door instead finds it again behind the door."""

    @functools.wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 302 and not getattr(request, "was_read", False):
            typed = {key: value[:LONGEST] for key, value in request.POST.items() if key != "csrfmiddlewaretoken"}
            request.session[SESSION] = {"path": _path(request), "typed": typed}
        return response

    return shown


def typed_before(request: HttpRequest) -> dict[str, str]:
    """What was typed here before its writer signed in."""
    held = request.session.get(SESSION) or {}
    return held["typed"] if held.get("path") == _path(request) else {}


def _path(request: HttpRequest) -> str:
    """Of the page in any language: signing in may change it."""
    return request.path.split("/", 2)[2]


def was_read(request: HttpRequest) -> None:
    """What a form brought is in the hands of its page now."""
    request.was_read = True  # type: ignore[attr-defined]
    if SESSION in request.session:
        del request.session[SESSION]
