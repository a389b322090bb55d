"""Hands letters to the mail server, over one connection for many, and says what became of each."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from types import TracebackType

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from notifications import smtp
from notifications.models import Letter
from notifications.rendering import Paper
from notifications.smtp import Gate, Shut

State = Letter.State


@dataclass(frozen=True)
class Outcome:
    """What became of a letter. PLANNED: the server asks to come back later."""

    state: str
    reason: str = ""
    ends_round: bool = False  # going on would meet the same trouble


SENT = Outcome(State.SENT)
NOT_HANDED_OVER = Outcome(State.PLANNED, "taken_back")


class ServerAway(Exception):
    """No connection to the mail server."""


class Carrier:
    """Raises ServerAway when the server cannot be reached, before it has touched a letter."""

    def __init__(self) -> None:
        self.backend: BaseEmailBackend = get_connection()

    def __enter__(self) -> Carrier:
        self._open()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()

    def hand_over(self, paper: Paper, gate: Gate) -> Outcome:
        """What became of the letter; it leaves only through the gate. Never raises: the books wait for the answer."""
        try:
            if isinstance(self.backend, smtp.EmailBackend):
                self._open()  # again, where the server hung up after the letter before
                self.backend.hand_over(sender=paper.sender, address=paper.address, text=paper.text, gate=gate)
            else:
                gate.pass_through()
                self.backend.send_messages([paper.message])
        except Shut:
            self._hang_up()  # in the middle of a letter: the server throws it away
            return NOT_HANDED_OVER
        except ServerAway:
            return Outcome(State.PLANNED, "connection_lost", ends_round=True)
        except smtplib.SMTPException as error:
            return self._refused(error)
        except Exception as error:
            return self._broken(error)
        return SENT

    def _refused(self, error: smtplib.SMTPException) -> Outcome:
        words: bytes | str
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code, words = next(iter(error.recipients.values()))
        elif isinstance(error, smtplib.SMTPResponseException):
            code, words = error.smtp_code, error.smtp_error
        else:
            return self._broken(error)
        reason = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
        if isinstance(error, smtplib.SMTPSenderRefused):  # it is us they do not want, whoever it is for
            return Outcome(State.PLANNED, reason, ends_round=True)
        return Outcome(State.FAILED if 500 <= code < 600 else State.PLANNED, reason)

    def _broken(self, error: Exception) -> Outcome:
        """The connection broke, or a provider answered something unforeseen."""
        is_certain = isinstance(self.backend, smtp.EmailBackend) and not self.backend.may_have_arrived
        self._hang_up()
        if isinstance(error, UnicodeEncodeError | smtplib.SMTPNotSupportedError):
            return Outcome(State.FAILED, "address_not_understood")
        if is_certain:
            return Outcome(State.PLANNED, "connection_lost")
        return Outcome(State.UNKNOWN, f"{type(error).__name__}: {error}")

    def _open(self) -> None:
        connection = getattr(self.backend, "connection", None)
        if connection is not None and getattr(connection, "sock", True) is None:
            self._close()
        try:
            self.backend.open()
        except (OSError, smtplib.SMTPException) as error:
            raise ServerAway(str(error)) from error

    def _hang_up(self) -> None:
        """Without a farewell, which a server in the middle of a letter would take for its text."""
        if isinstance(self.backend, smtp.EmailBackend) and self.backend.connection:
            self.backend.connection.close()
        self._close()

    def _close(self) -> None:
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            self.backend.connection = None
