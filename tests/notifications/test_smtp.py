"""What a mail server answers, and what becomes of the letter: against a real server."""

from __future__ import annotations

import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.utils import timezone

from notifications import sending, services
from notifications.models import Bounce, Letter

pytestmark = pytest.mark.django_db


class Server(SMTP):
    """Loses the connection where it is told to."""

    async def smtp_DATA(self, arg):
        if self.event_handler.hangs_up == "before the text":
            self.transport.close()
            return
        await super().smtp_DATA(arg)


class Handler:
    """Answers each address as its first word says: 550-… is refused, the others are taken."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.connections = 0
        self.hangs_up = ""

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        code, _dash, _rest = address.partition("-")
        if code.isdecimal():
            return f"{code} {code[0]}.1.1 not here"
        envelope.rcpt_tos.append(address)
        return "250 here"

    async def handle_DATA(self, server, session, envelope):
        self.taken += envelope.rcpt_tos
        if self.hangs_up == "after the text":
            server.transport.close()
        return "250 taken"


class Mailbox(Controller):
    def factory(self):
        return Server(self.handler)


@pytest.fixture
def server(settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    handler = Handler()
    controller = Mailbox(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "notifications.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield handler
    controller.stop()


def test_many_letters_share_one_connection(server, make_letter):
    made = [make_letter().address for _ in range(20)]
    sending.send_due()
    assert (server.taken, server.connections) == (made, 1)


def test_an_address_that_does_not_exist_is_refused_and_suspended(server, make_letter):
    letter = make_letter(address="550-gone@letters.example")
    sending.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == ("failed", "550 5.1.1 not here")
    assert services.suspended([letter.address]) == {letter.address}


def test_a_server_that_asks_to_come_back_later_is_asked_later(server, make_letter):
    letter = make_letter(address="451-later@letters.example")
    sending.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.reason) == ("planned", 1, "451 4.1.1 not here")
    assert letter.due_at > timezone.now()


def test_each_wait_is_longer_and_the_last_gives_up(server, make_letter):
    letter = make_letter(address="451-later@letters.example", tries=sending.MOST_TRIES - 1)
    sending.send_due()
    letter.refresh_from_db()
    assert letter.state == "failed"
    assert Bounce.objects.get().kind == "soft"


def test_a_refused_letter_holds_up_nobody(server, make_letter):
    make_letter(address="550-gone@letters.example"), make_letter(address="451-a@letters.example")
    fine = make_letter()
    sending.send_due()
    assert server.taken == [fine.address]


def test_a_connection_lost_before_the_text_is_tried_again(server, make_letter):
    letter = make_letter()
    server.hangs_up = "before the text"
    sending.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.tries) == ("planned", "connection_lost", 1)
    server.hangs_up = ""
    Letter.objects.update(due_at=timezone.now())
    sending.send_due()
    assert server.taken == [letter.address]


def test_a_connection_lost_after_the_text_leaves_a_letter_unknown(server, make_letter):
    letter, next_one = make_letter(), make_letter()
    server.hangs_up = "after the text"
    sending.send_due()
    letter.refresh_from_db()
    assert letter.state == "unknown"
    assert server.taken == [letter.address, next_one.address]


def test_a_letter_taken_back_at_the_last_moment_is_thrown_away_by_the_server(server, make_letter, monkeypatch):
    letter, next_one = make_letter(), make_letter()
    write = sending._write

    def take_back_first(before, present):
        if present == letter:
            services.cancel(occasion=letter.occasion)
        return write(before, present)

    monkeypatch.setattr(sending, "_write", take_back_first)
    sending.send_due()
    assert server.taken == [next_one.address]


def test_letters_wait_untouched_while_the_mail_server_is_away(settings, make_letter):
    settings.EMAIL_BACKEND = "notifications.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    letter = make_letter()
    sending.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.claimed_by) == ("planned", 0, None)
