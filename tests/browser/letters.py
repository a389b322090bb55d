"""The letters of the running site, read where they arrive."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

from tests.browser.site import Site, until

CODE = re.compile(r"\d{4}-\d{4}")
LINK = re.compile(r"https?://[^\s<>]+")
BETWEEN = re.compile(rb"^-{79}$", re.M)  # two mails in one file
TRIES = 360  # looks, until a letter has come
# Letters about decisions wait as long as these can be taken back: here, for this address, they need not.
LET_GO = """
from django.utils import timezone; from notifications.models import Letter
from notifications.tasks import send_due
Letter.objects.planned().filter(address="{}").update(due_at=timezone.now()); send_due.delay()
"""


def all_to(site: Site, address: str) -> list[EmailMessage]:
    """The oldest first."""
    found = []
    for path in sorted((site.folder / "var" / "outbox").glob("*"), key=lambda one: one.stat().st_mtime):
        for raw in BETWEEN.split(path.read_bytes()):
            if address.encode() in raw:
                found.append(cast(EmailMessage, message_from_bytes(raw.strip(), policy=default)))
    return [mail for mail in found if address in str(mail["To"])]


def arrived(site: Site, address: str, is_it: Callable[[EmailMessage], object] = bool) -> EmailMessage:
    """The newest mail of a kind to somebody, as soon as there is one."""
    found: list[EmailMessage] = []
    assert until(lambda: bool(found.extend(filter(is_it, all_to(site, address))) or found), TRIES), "no mail came"
    return found[-1]


def code_for(site: Site, address: str) -> str:
    """As the person reads it in the newest mail."""
    mail = arrived(site, address, lambda one: CODE.search(str(one["Subject"])))
    return CODE.findall(str(mail["Subject"]))[-1]


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def path_in(mail: EmailMessage, part: str) -> str:
    """Where a link of a letter leads, without host."""
    link = next(link for link in LINK.findall(words(mail)) if part in link)
    return re.sub(r"^https?://[^/]+", "", link)


def let_go(site: Site, address: str) -> None:
    site.run("shell", "-v", "0", "-c", LET_GO.format(address))
