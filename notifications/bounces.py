"""Letters that came back, and what follows: for good suspends an address at once, for now the third time.

A mail that says so may be forged by anybody. Only one that carries the signed mark of a letter of ours counts against
an address, and only against the one that letter went to.
"""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import Message
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from flufl.bounce import all_failures

from notifications import rendering, services
from notifications.models import Bounce, Letter, Suppression

if TYPE_CHECKING:
    from anymail.signals import AnymailTrackingEvent

SOFT_ONES = 3
WITHIN = timedelta(days=90)
_mark = re.compile(r"\b(\d{1,19}\.[0-9a-f]{20})(?=@)")
_no_such_address = re.compile(r"\b5\.1\.[0-36]\b")  # RFC 3463: bad destination, as against a full box or a policy


@transaction.atomic
def note(*, key: str, kind: str, address: str, letter: Letter | None, detail: str = "") -> bool:
    """Write down that a letter came back, once for each `key`. Without a letter of ours it counts against nobody."""
    _bounce, is_new = Bounce.objects.get_or_create(
        key=key[:100],
        defaults={"letter": letter, "address": address.lower(), "kind": kind, "detail": detail[:200]},
    )
    if is_new and letter:
        if kind != Bounce.Kind.COMPLAINT:
            came = Letter.objects.filter(pk=letter.pk, state__in=(Letter.State.SENT, Letter.State.UNKNOWN))
            came.update(state=Letter.State.BOUNCED, reason=detail[:200])
        _judge(letter.address.lower(), kind, detail)
    return is_new


def refused(*, letter: Letter, words: str) -> None:
    """The server refused a letter while we spoke. `words` begin with its code (RFC 5321)."""
    if _no_such_address.search(words):
        kind = Bounce.Kind.HARD
    elif words.startswith("4"):
        kind = Bounce.Kind.SOFT
    else:
        return  # a policy, or our letter's own fault
    note(key=f"smtp:{letter.pk}", kind=kind, address=letter.address, letter=letter, detail=words)


def _judge(address: str, kind: str, detail: str) -> None:
    if kind == Bounce.Kind.SOFT and _soft_ones(address) < SOFT_ONES:
        return
    services.suspend(address=address, reason=kind, detail=detail)


def _soft_ones(address: str) -> int:
    """How many letters came back for now, since the address was last trusted again."""
    since = timezone.now() - WITHIN
    lifted = Suppression.objects.filter(address=address).order_by("-lifted_at").values_list("lifted_at", flat=True)
    since = max([since, *(at for at in lifted if at)])
    return Bounce.objects.filter(address=address, kind=Bounce.Kind.SOFT, at__gte=since).count()


# ---------- Mails that came back ----------


def read(raw: bytes) -> list[Bounce]:
    """Read a mail from the box that letters come back to. What it tells, empty when it is no such mail."""
    mail = message_from_bytes(raw, policy=policy.compat32)
    temporary, permanent = all_failures(mail)
    letter = _letter_of(mail, raw)
    name = f"mail:{hashlib.sha256(raw).hexdigest()}"
    told = {_address(one): Bounce.Kind.SOFT for one in temporary} | {
        _address(one): Bounce.Kind.HARD for one in permanent
    }
    if letter and told:  # whatever address it was forwarded to, ours is the one that does not work
        told = {letter.address: max(told.values(), key=lambda kind: kind == Bounce.Kind.HARD)}
    keys = []
    for place, (address, kind) in enumerate(sorted(told.items())):
        keys.append(f"{name}:{place}")
        note(key=keys[-1], kind=kind, address=address, letter=letter, detail=_subject(mail))
    return list(Bounce.objects.filter(key__in=keys))


def _address(raw: bytes | str) -> str:
    return (raw.decode(errors="replace") if isinstance(raw, bytes) else raw)[:254]


def _subject(mail: Message) -> str:
    return " ".join(str(mail.get("Subject", "")).split())


def _letter_of(mail: Message, raw: bytes) -> Letter | None:
    """By the address it came back to, or by the Message-ID that stands in what was returned."""
    envelope = " ".join(str(mail.get(name, "")) for name in ("Delivered-To", "X-Original-To", "To"))
    for marked in _mark.findall(f"{envelope} {raw.decode(errors='replace')}".lower()):
        number = rendering.number_of(marked)
        if number and (letter := Letter.objects.filter(pk=number).first()):
            return letter
    return None


# ---------- News from a mail provider ----------

_KINDS = {"bounced": Bounce.Kind.HARD, "rejected": Bounce.Kind.HARD, "failed": Bounce.Kind.SOFT}
_KINDS |= {"complained": Bounce.Kind.COMPLAINT}
_HARD = {"bounced", "invalid"}


def hear(event: AnymailTrackingEvent) -> None:
    """What a provider tells, once its signature holds."""
    kind = _KINDS.get(event.event_type)
    letter = _letter_named(event)
    if kind is None or not (letter or event.recipient):
        return
    if kind == Bounce.Kind.HARD and event.reject_reason not in _HARD:
        kind = Bounce.Kind.SOFT
    if letter is None:  # a provider is believed about any address
        letter = Letter.objects.to_address(event.recipient).order_by("-pk").first()
    note(
        key=f"provider:{event.event_id or hashlib.sha256(repr(event.esp_event).encode()).hexdigest()}",
        kind=kind,
        address=event.recipient or (letter.address if letter else ""),
        letter=letter,
        detail=event.description or event.mta_response or "",
    )


def _letter_named(event: AnymailTrackingEvent) -> Letter | None:
    found = _mark.search(f"{event.metadata.get('letter', '')}@ {event.message_id or ''}".lower())
    number = rendering.number_of(found[1]) if found else None
    return Letter.objects.filter(pk=number).first() if number else None
