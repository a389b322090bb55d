"""What a post costs that a member sends from the page of a long discussion, and what its row alone costs.

The same request twice: sign-in, form, keeping of what was typed and answer are the same; once the service writes the
post with all that belongs to it, once its row is inserted and nothing else. What runs after the commit counts, but for
the waking of the worker, which is measured apart.
"""

from __future__ import annotations

import time
from functools import partial
from itertools import count
from unittest.mock import patch

from django.conf import settings

from bench import places
from bench.clock import cpu_side_by_side
from bench.pages import signed_in
from bench.wsgi import Visitor
from discussions import services
from discussions.models import Post, Thread, Unsent
from members import waking
from members.models import User
from moderation.models import Standing
from search import tasks

WORDS = "A sentence of some length, as people write them. " * 8
TOKEN = "b" * 32  # against forged forms: the same in cookie and form
COUNTED = ("last_number", "shown_number", "reply_count", "last_at", "last_by_id", "updated_at")
numbers = count(1)


def measure(*, quick: bool) -> dict[str, float]:
    thread, member = places.long_thread(), places.member()
    before = {name: getattr(thread, name) for name in COUNTED}
    accepted = Standing.objects.get(user=member).accepted
    try:
        return _cost(thread, member, rounds=4 if quick else 20)
    finally:
        _forget(thread, before)
        Unsent.objects.filter(user=member, thread=thread).delete()
        Standing.objects.filter(user=member).update(accepted=accepted)


def _cost(thread: Thread, member: User, *, rounds: int) -> dict[str, float]:
    visitor = Visitor()
    post = partial(_send, visitor, f"{places.path_of(thread)}reply/", _cookies(member))
    known = {name: getattr(thread, name) for name in COUNTED}
    ready = partial(_ready, thread, known)
    jobs = {"post": post, "post_waking": post, "row": partial(_with_row_alone, post)}
    jobs |= {"service": partial(_serve, thread, member), "insert": partial(_insert, by=member, thread=thread)}
    return cpu_side_by_side(
        jobs, rounds=rounds, runs=5, before=dict.fromkeys(jobs, partial(ready, wakes=False)) | {"post_waking": ready}
    )


def _cookies(member: User) -> str:
    return f"{signed_in(member)}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def _send(visitor: Visitor, address: str, cookies: str) -> None:
    number = next(numbers)
    fields = {"text": f"{WORDS}{number}", "language": "en", "key": f"bench{time.time_ns()}", "to": "", "send": "1"}
    answer = visitor.post(address, fields | {"csrfmiddlewaretoken": TOKEN}, HTTP_COOKIE=cookies)
    assert answer.status == 302, answer.status
    assert "#post-" in answer.headers["location"], answer.headers["location"]


def _with_row_alone(post: partial) -> None:
    with patch.object(services, "write_post", _insert):
        post()


def _insert(*, by: User, thread: Thread, typed: services.Typed | None = None, reply_to: Post | None = None) -> Post:
    """The row of a post, and nothing else."""
    text = typed.text if typed else f"{WORDS}{next(numbers)}"
    return Post.objects.create(
        thread=thread, number=thread.last_number + 1, author=by, language="en", text=text, html=f"<p>{text}</p>",
        sent_key=f"{time.time_ns():x}",
    )  # fmt: skip


def _serve(thread: Thread, member: User) -> None:
    services.write_post(by=member, thread=thread, typed=services.Typed(f"{WORDS}{next(numbers)}", "en"))


def _ready(thread: Thread, known: dict, *, wakes: bool = True) -> None:
    """As if nobody had posted for a while; the worker is called or not."""
    _forget(thread, known)
    tasks._last_call = 0.0 if wakes else time.monotonic()
    waking._rests_until = 0.0 if wakes else time.monotonic() + 60


def _forget(thread: Thread, known: dict) -> None:
    Post.objects.filter(thread=thread, number__gt=known["last_number"]).delete()
    Thread.objects.filter(pk=thread.pk).update(**known)
