"""Words for why a letter did not leave or arrive."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notifications import kinds

REASONS = {
    "taken_back": _("What it tells was taken back"),
    "inactive": _("The account is closed"),
    "suspended": _("The address is suspended"),
    "declined": _("The reader does not want letters of this kind"),
    "paused": _("The reader wants no letters for a while"),
    "no_longer_visible": _("What it tells is no longer there for its reader"),
    "overtaken": _("What it says is no longer so: it was moved, cancelled, or its time has passed"),
    "nothing_left": _("What it was to tell was read or gone before it left"),
    "worker_ended": _("The worker that was sending it ended"),
    "connection_lost": _("The connection to the mail server broke"),
    "not_written": _("Its text could not be made: the log says why"),
    "address_not_understood": _("The mail server does not understand the address"),
}


def reason(key: str) -> str:
    """In the reader's language where it is one of ours; a server's own words as they are."""
    return str(REASONS.get(key, key))


def kind(key: str) -> str:
    """As its readers know it; its key where nobody signed it up."""
    try:
        return str(kinds.get(key).label)
    except KeyError:
        return key
