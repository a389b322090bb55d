from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.management import call_command
from django.utils import timezone

from notifications import bounces, rendering, services
from notifications.models import Bounce, Letter
from tests import shared_data

pytestmark = pytest.mark.django_db


def report(letter: Letter | None, *, status: str = "5.1.1", to: str = "portal@localhost", recipient: str = "") -> bytes:
    """A mail that came back, as RFC 3464 has it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "mailer-daemon@elsewhere.example", to, "Undelivered mail"
    mail["Message-ID"] = f"<{status}.{letter.pk if letter else recipient}@elsewhere.example>"
    address = recipient or letter.address
    action = "failed" if status[0] == "5" else "delayed"
    notes = f"Reporting-MTA: dns; elsewhere.example\n\nFinal-Recipient: rfc822; {address}\nAction: {action}\n"
    notes += f"Status: {status}\n"
    returned = f"Message-ID: {rendering.message_id(letter.pk)}\n\n" if letter else "Subject: hello\n\n"
    text = "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
    text += "--b\nContent-Type: text/plain\n\nIt came back.\n\n"
    text += f"--b\nContent-Type: message/delivery-status\n\n{notes}\n"
    text += f"--b\nContent-Type: text/rfc822-headers\n\n{returned}\n--b--\n"
    return (mail.as_string().rstrip("\n") + "\n" + text).encode()


def test_a_letter_that_came_back_for_good_suspends_its_address_at_once(make_letter):
    letter = make_letter(state="sent")
    bounces.read(report(letter))
    letter.refresh_from_db()
    assert letter.state == "bounced"
    assert services.suspended([letter.address]) == {letter.address}


def test_the_third_letter_that_came_back_for_now_suspends(make_letter):
    for times in (1, 2, 3):
        letter = make_letter(state="sent", address="full@letters.example")
        bounces.read(report(letter, status="4.2.2"))
        assert bool(services.suspended([letter.address])) == (times == 3)


def test_what_came_back_long_ago_does_not_count(make_letter):
    letter = make_letter(state="sent", address="full@letters.example")
    for number in range(2):
        bounces.note(key=f"{number}", kind="soft", address=letter.address, letter=letter)
    Bounce.objects.update(at=timezone.now() - timedelta(days=91))
    bounces.read(report(letter, status="4.2.2"))
    assert not services.suspended([letter.address])


def test_what_came_back_before_an_address_was_trusted_again_does_not_count(make_letter, staff):
    letter = make_letter(state="sent", address="full@letters.example")
    for number in range(3):
        bounces.note(key=f"{number}", kind="soft", address=letter.address, letter=letter)
    services.lift(address=letter.address, by=staff)
    bounces.read(report(letter, status="4.2.2"))
    assert not services.suspended([letter.address])


def test_a_report_told_twice_counts_once(make_letter):
    raw = report(make_letter(state="sent"), status="4.2.2")
    bounces.read(raw), bounces.read(raw)
    assert Bounce.objects.count() == 1


def test_a_report_that_names_no_letter_of_ours_suspends_nobody():
    [bounce] = bounces.read(report(None, recipient="victim@letters.example"))
    assert (bounce.letter, bounce.address) == (None, "victim@letters.example")
    assert not services.suspended(["victim@letters.example"])


def test_a_reader_can_suspend_only_the_address_the_letter_went_to(make_letter):
    letter = make_letter(state="sent")
    bounces.read(report(letter, recipient="victim@letters.example"))
    assert services.suspended(["victim@letters.example", letter.address]) == {letter.address}


def test_the_address_it_came_back_to_names_the_letter(make_letter):
    letter = make_letter(state="sent")
    to = f"bounces+{rendering.mark(letter.pk)}@portal.example"
    bounces.read(report(None, to=to, recipient=letter.address))
    assert services.suspended([letter.address])


def test_mails_are_read_from_a_file_or_a_pipe(make_letter, tmp_path, capsys):
    letter = make_letter(state="sent")
    (tmp_path / "mail").write_bytes(report(letter))
    call_command("read_bounces", str(tmp_path / "mail"))
    assert capsys.readouterr().out == f"{tmp_path}/mail: {letter.address} hard\n"


def test_real_mails_that_came_back_are_understood_and_none_breaks_the_reader():
    """Most come from servers of long ago; those that tell nothing are so by design of their senders."""
    mails = shared_data.inputs("bounce")
    silent = [path.name for path in mails if not bounces.read(path.read_bytes())]
    assert len(mails) - len(silent) >= 0.85 * len(mails), silent
    assert not services.suspended(Bounce.objects.values_list("address", flat=True))
