"""SMTP that stops before the last dot of a letter until the database knows that the letter is being sent.

Until the dot that ends the text a server must not deliver (RFC 5321, 4.1.1.4): a worker killed before it has sent
nothing. So the database may commit while the server answers MAIL, RCPT and DATA, and costs almost no time.
"""

from __future__ import annotations

import smtplib
import threading

from django.core.mail.backends import smtp

GO_ON = 354  # the answer to DATA


class Shut(Exception):
    """The letter must not be handed over."""


class Gate:
    """Where the one who hands a letter over waits for the word of the one who keeps the books."""

    def __init__(self) -> None:
        self._decided = threading.Event()
        self._is_open = False

    def decide(self, is_open: bool) -> None:
        self._is_open = is_open
        self._decided.set()

    def pass_through(self) -> None:
        """Waits. Raises Shut when the word is no."""
        self._decided.wait()
        if not self._is_open:
            raise Shut


class _Gated:
    gate: Gate | None = None
    may_have_arrived = False  # whether any of the text of the present letter has left

    def getreply(self) -> tuple[int, bytes]:
        code, words = super().getreply()
        if code == GO_ON and self.gate:
            self.gate.pass_through()
            self.may_have_arrived = True
        return code, words


class GatedSMTP(_Gated, smtplib.SMTP):
    pass


class GatedSMTPOverTLS(_Gated, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type:
        return GatedSMTPOverTLS if self.use_ssl else GatedSMTP

    def hand_over(self, *, sender: str, address: str, text: bytes, gate: Gate) -> None:
        """Raises what smtplib raises, and Shut."""
        self.connection.gate, self.connection.may_have_arrived = gate, False
        self.connection.sendmail(sender, [address], text)

    @property
    def may_have_arrived(self) -> bool:
        return bool(self.connection and self.connection.may_have_arrived)
