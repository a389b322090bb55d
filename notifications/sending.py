"""Sends what is due, each letter once, through kills at any moment (docs/adr/0018-one-letter-once.md).

While the server answers for one letter and the disk writes the books, the next letters are rendered. Between two
letters stands one transaction: the letter before is noted with what became of it, the next one as being sent. Only then
may the last dot of that next one leave.
"""

from __future__ import annotations

import logging
import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from notifications import bounces, claims, registry, rendering, services
from notifications.carrier import SENT, Carrier, Outcome, ServerAway
from notifications.models import Letter
from notifications.rendering import Paper
from notifications.smtp import Gate

BATCH = 300  # letters on one connection
AHEAD = 2  # letters rendered before their turn: enough for neither the disk nor the server to wait for one
TURN = 0.0005  # seconds a thread may keep others waiting: disk and server answer within a millisecond or two
SECONDS = 5.0  # before other jobs of the worker have their turn, and less than a worker gets to end
PATIENCE = 24  # times five seconds for another writer of SQLite to be done
FIRST_WAIT = timedelta(minutes=1)  # after "come back later"; doubled each time
MOST_TRIES = 12  # the last about a day and a half after the first
State = Letter.State
# Turns a page of the books in one statement, so in one commit. Written in SQL: the ORM took a third of a letter's time.
TURN_PAGE = """UPDATE notifications_letter SET
state = CASE id WHEN %(before)s THEN 'sent' ELSE 'sending' END,
sent_at = CASE id WHEN %(before)s THEN %(now)s ELSE sent_at END,
reason = CASE id WHEN %(before)s THEN '' ELSE reason END,
claimed_by = CASE id WHEN %(before)s THEN NULL ELSE claimed_by END,
context = CASE WHEN id = %(before)s AND kind = %(account)s THEN NULL ELSE context END
WHERE (id = %(before)s AND state = 'sending') OR (id = %(next)s AND state = 'planned' AND claimed_by = %(round)s)
RETURNING id"""
logger = logging.getLogger(__name__)


def send_due() -> bool:
    """Send for a few seconds. Whether there may be more."""
    ends_at = time.monotonic() + SECONDS
    with _safe_through_power_cuts():
        while time.monotonic() < ends_at:
            with claims.round_of_letters() as key:
                letters = claims.claim(key, BATCH)
                if not letters:
                    return False
                try:
                    if leaving := _allowed(letters):
                        _Round(ends_at).send(leaving)
                except ServerAway as error:
                    logger.warning("The mail server is away, letters wait: %s", error)
                    return False
                finally:
                    claims.release(key)
    return True


def _allowed(letters: list[Letter]) -> list[Letter]:
    """Those that may leave. The others are noted with the reason why not."""
    suspended = services.suspended(letter.address for letter in letters)
    refused = {letter.pk: reason for letter in letters if (reason := _refusal(letter, suspended))}
    for letter in letters:
        if letter.pk in refused:
            services.skip(letter=letter, reason=refused[letter.pk])
    return [letter for letter in letters if letter.pk not in refused]


def _refusal(letter: Letter, suspended: set[str]) -> str:
    if letter.user and not letter.user.is_active:
        return "inactive"
    if letter.kind == services.ACCOUNT:  # asked for a moment ago by somebody who reads that address
        return ""
    return "suspended" if letter.address.lower() in suspended else registry.refusal(letter) or _put_together(letter)


def _put_together(letter: Letter) -> str:
    """What it says is kept, as of every letter. Why it must not leave, where nothing is left to say."""
    if registry.is_put_together(letter):
        if (context := registry.context_of(letter)) is None:
            return "nothing_left"
        letter.context = context
        letter.save(update_fields=["context"])
    return ""


class _Round:
    """Letters sent over one connection. `before` is the last one, not yet in the books."""

    def __init__(self, ends_at: float) -> None:
        self.ends_at = ends_at
        self.before: tuple[Letter, Outcome] | None = None

    def send(self, letters: list[Letter]) -> None:
        """Raises ServerAway, before any letter was touched, when there is no connection."""
        with _short_turns(), Carrier() as carrier, ThreadPoolExecutor(1) as postman, ThreadPoolExecutor(1) as writer:
            papers = _papers(letters, writer)
            paper = next(papers, None)
            while paper:
                gate = Gate()
                handing = postman.submit(carrier.hand_over, paper, gate)
                self._turn_page(paper.letter, gate)
                following = next(papers, None)
                outcome = handing.result()
                self.before = paper.letter, outcome
                paper = None if outcome.ends_round or time.monotonic() > self.ends_at else following
            self._turn_page(None, Gate())

    def _turn_page(self, letter: Letter | None, gate: Gate) -> None:
        """One transaction: what became of the letter before, and that this one is being sent. Then it may leave."""
        may_leave = False
        try:
            for patience in reversed(range(PATIENCE)):
                try:
                    may_leave = _write(self.before, letter)
                    break
                except OperationalError:
                    if connection.vendor != "sqlite" or not patience:
                        raise
        finally:
            gate.decide(may_leave)


def _write(before: tuple[Letter, Outcome] | None, letter: Letter | None) -> bool:
    """Whether the letter may leave: it was not taken back meanwhile."""
    if before and before[1] != SENT:
        with transaction.atomic(durable=True):
            _note(*before)
            return _turn(None, letter)
    return _turn(before and before[0], letter)


def _turn(sent: Letter | None, letter: Letter | None) -> bool:
    values = {
        "before": sent.pk if sent else None,
        "next": letter.pk if letter else None,
        "round": letter.claimed_by if letter else None,
        "now": connection.ops.adapt_datetimefield_value(timezone.now()),
        "account": services.ACCOUNT,
    }
    with connection.cursor() as cursor:
        cursor.execute(TURN_PAGE, values)
        return (values["next"],) in cursor.fetchall()


def _papers(letters: list[Letter], writer: ThreadPoolExecutor) -> Iterator[Paper]:
    """Rendered by a thread that never asks the database: what it needs was read with the letters."""
    waiting = iter(letters)
    ahead = deque((letter, writer.submit(rendering.paper_of, letter)) for letter in islice(waiting, AHEAD))
    while ahead:
        letter, writing = ahead.popleft()
        ahead.extend((one, writer.submit(rendering.paper_of, one)) for one in islice(waiting, 1))
        try:
            yield writing.result()
        except Exception:  # a template's mistake must not hold up the letters behind
            logger.exception("Letter %s cannot be written", letter.pk)
            mine = Letter.objects.planned().filter(pk=letter.pk)
            mine.update(state=State.FAILED, reason="not_written", claimed_by=None)


def _note(letter: Letter, outcome: Outcome) -> None:
    fields = {"state": outcome.state, "reason": outcome.reason[:200], "claimed_by": None}
    if outcome.state == State.PLANNED:
        fields |= _later(letter, outcome)
    if fields["state"] != State.PLANNED and letter.kind == services.ACCOUNT:
        fields["context"] = None  # codes are nobody's business once they have left
    is_noted = Letter.objects.filter(pk=letter.pk, state=State.SENDING).update(**fields)
    if is_noted and fields["state"] == State.FAILED:
        bounces.refused(letter=letter, words=outcome.reason)


def _later(letter: Letter, outcome: Outcome) -> dict[str, Any]:
    if outcome.ends_round:  # the trouble is not this letter's
        return {"due_at": timezone.now() + FIRST_WAIT}
    if letter.tries + 1 >= MOST_TRIES:
        return {"state": State.FAILED}
    return {"tries": letter.tries + 1, "due_at": timezone.now() + FIRST_WAIT * 2**letter.tries}


@contextmanager
def _short_turns() -> Iterator[None]:
    """Python lets a thread go on for five milliseconds, in which rendering one letter would hold up two others."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def _safe_through_power_cuts() -> Iterator[None]:
    """SQLite in WAL waits for the disk only when asked to. PostgreSQL always does."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
        try:
            yield
        finally:
            cursor.execute("PRAGMA synchronous=NORMAL")
