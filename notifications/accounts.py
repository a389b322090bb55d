"""Letters about accounts: codes, and word of every change that could be somebody else's."""

from __future__ import annotations

from members.letters import AccountLetter
from notifications import services

KIND = "account"


def post_letter(letter: AccountLetter) -> None:
    """Plan one, whose texts are in templates/letters/<name>.txt.

    A letter of the kind `account` may hold a code that opens the account: the outbox empties its context as soon as it
    is sent or given up.
    """
    services.post(
        occasion=letter.occasion,
        to=letter.to,
        kind=KIND,
        template=letter.name,
        context=letter.context,
        language=letter.language,
    )
