"""A letter as it leaves: subject, plain text and HTML in the reader's language, and the headers it needs.

A template is `letters/<template>_subject.txt` and `letters/<template>.txt`; from the text the HTML part is made, unless
there is a `letters/<template>.html`. Templates see the letter's context, `base_url` before every path, and the portal's
name.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.utils import formataddr
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.template import Context, Engine, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, override

from notifications import registry
from notifications.models import Letter

LONGEST_SUBJECT = 150
LAYOUT = "letters/base.html"
_code = re.compile(r"[A-Z0-9]{4,}(?:[- ][A-Z0-9]{2,})*")  # alone on its line: to be read and typed


@dataclass(frozen=True)
class Words:
    """What a reader reads. `html` is empty for who wants plain text only."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Paper:
    """A letter ready to be handed over."""

    letter: Letter
    message: EmailMultiAlternatives
    text: bytes  # the whole mail, as it goes over the line
    sender: str  # of the envelope: where it comes back to
    address: str


def words_of(letter: Letter) -> Words:
    """Raises TemplateDoesNotExist, TypeError where the context is forgotten, and what templates raise."""
    if letter.context is None:
        raise TypeError("What stood in this letter is forgotten.")
    with override(letter.language):
        context = (registry.context_of(letter) or {}) | {
            "base_url": settings.PORTAL_BASE_URL,
            "portal_name": str(settings.PORTAL_NAME),
            "language": letter.language,
            "direction": "rtl" if get_language_bidi() else "ltr",
            "unsubscribe_url": _absolute(registry.unsubscribe_path(letter)),
            "stop_all_url": _absolute(registry.stop_all_path(letter)),
            "stop_target": _stop_target(letter),
        }
        body = _plain(f"letters/{letter.template}.txt", context).strip()
        subject = " ".join(_plain(f"letters/{letter.template}_subject.txt", context).split())[:LONGEST_SUBJECT]
        foot = _plain("letters/foot.txt", context).strip()
        html = "" if registry.wants_plain(letter.user) else _html(letter, context, subject, body)
    return Words(subject, f"{body}\n\n-- \n{foot}\n", html)


def paper_of(letter: Letter) -> Paper:
    words = words_of(letter)
    with override(letter.language):
        sender_name = str(settings.PORTAL_NAME)
    message = EmailMultiAlternatives(
        subject=words.subject,
        body=words.text,
        from_email=_envelope_sender(letter),
        to=[letter.address],
        headers=_headers(letter) | {"From": formataddr((sender_name, settings.DEFAULT_FROM_EMAIL))},
    )
    message.metadata = {"letter": mark(letter.pk)}  # type: ignore[attr-defined]  # for providers, who tell it back
    if words.html:
        message.attach_alternative(words.html, "text/html")
    with override(letter.language):
        for part in registry.attachments_of(letter):
            message.attach(_attached(part))
    sender = sanitize_address(message.from_email, "utf-8")
    address = sanitize_address(letter.address, "utf-8")
    return Paper(letter, message, message.message().as_bytes(linesep="\r\n"), sender, address)  # type: ignore[call-arg]


def _attached(part: registry.Attachment) -> MIMEBase:
    """By hand, as Django leaves out the parameters of a type: by `method` mail programs know an event from a file."""
    media_type, *rest = (one.strip() for one in part.media_type.split(";"))
    main, _slash, sub = media_type.partition("/")
    attached = MIMEBase(main, sub)
    for name, _equals, value in (one.partition("=") for one in rest):
        attached.set_param(name, value)
    attached.set_payload(part.content)
    encode_base64(attached)
    attached.add_header("Content-Disposition", "attachment", filename=part.name)
    return attached


def _headers(letter: Letter) -> dict[str, str]:
    headers = {
        "Message-ID": message_id(letter.pk),
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    target = registry.stop_target(letter)
    if path := target[1] if target else registry.unsubscribe_path(letter):
        headers["List-Unsubscribe"] = f"<{_absolute(path)}>"  # of the narrowest: the discussion, else the kind
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return headers


# ---------- Names that come back ----------


def mark(number: int) -> str:
    """The number of a letter, signed, so that nobody can invent a letter that came back."""
    return f"{number}.{salted_hmac('letter', str(number)).hexdigest()[:20]}"


def number_of(marked: str) -> int | None:
    """The number of the letter whose mark this is."""
    number = marked.partition(".")[0]
    return int(number) if number.isdecimal() and constant_time_compare(mark(int(number)), marked.lower()) else None


def message_id(number: int) -> str:
    return f"<{mark(number)}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"


def _envelope_sender(letter: Letter) -> str:
    """With an address for letters that come back, one of its own for each letter."""
    name, _at, host = settings.PORTAL_BOUNCE_ADDRESS.rpartition("@")
    return f"{name}+{mark(letter.pk)}@{host}" if name else settings.DEFAULT_FROM_EMAIL


# ---------- Text and HTML ----------


def _absolute(path: str | None) -> str:
    return f"{settings.PORTAL_BASE_URL}{path}" if path else ""


def _stop_target(letter: Letter) -> dict[str, str] | None:
    found = registry.stop_target(letter)
    return {"label": str(found[0]), "url": _absolute(found[1])} if found else None


def _plain(name: str, context: dict[str, Any]) -> str:
    return Engine.get_default().get_template(name).render(Context(context, autoescape=False))


def _html(letter: Letter, context: dict[str, Any], subject: str, body: str) -> str:
    page = context | {"subject": subject, "preheader": _preheader(body)}
    own = f"letters/{letter.template}.html"
    html = render_to_string(own, page) if _exists(own) else render_to_string(LAYOUT, page | {"body": as_html(body)})
    return _inliner().inline(html)


@functools.cache
def _inliner() -> css_inline.CSSInliner:
    sheet = (settings.BASE_DIR / "templates" / "letters" / "letter.css").read_text()
    return css_inline.CSSInliner(extra_css=sheet, keep_at_rules=True, load_remote_stylesheets=False)


@functools.cache
def _exists(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def _preheader(body: str) -> str:
    """What mail programs show beside the subject: the first sentences, without addresses."""
    return " ".join(word for word in body.split() if "://" not in word)[:140]


def as_html(body: str) -> SafeString:
    """Paragraphs, lists and links of a plain text."""
    return mark_safe("\n".join(map(_block, re.split(r"\n\s*\n", body.strip()))))  # noqa: S308  (escaped block by block)


def _block(block: str) -> str:
    lines = [line.strip() for line in block.strip().splitlines()]
    if lines and all(line.startswith(("- ", "* ")) for line in lines):
        return f"<ul>{''.join(f'<li>{_linked(line[2:])}</li>' for line in lines)}</ul>"
    if len(lines) == 1 and _code.fullmatch(lines[0]):
        return f'<p class="code">{escape(lines[0])}</p>'
    return f"<p>{'<br>'.join(map(_linked, lines))}</p>"


def _linked(line: str) -> str:
    return urlize(line, autoescape=True) if "://" in line else escape(line)
