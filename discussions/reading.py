"""How far members have read, and which discussions they want to hear of."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from content.services import about
from discussions.models import AllRead, Reading, Thread

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User

logger = logging.getLogger(__name__)
# Part of most pages that a member opens: one statement, without a transaction around it.
_READ_TO = '''INSERT INTO "discussions_reading" ("user_id", "thread_id", "read_to", "wish") VALUES (%s, %s, %s, '')
ON CONFLICT ("user_id", "thread_id") DO UPDATE SET "read_to" = EXCLUDED."read_to"'''


def mark_read(*, by: User, thread: Thread, number: int) -> None:
    """Somebody saw the posts up to a number. Noted while they read: a database that cannot write costs no page.

    Two pages of one thread at the same time: the last to be noted counts, which at worst shows a post as new once more.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(_READ_TO, [by.pk, thread.pk, number])
    except DatabaseError as error:
        logger.warning("How far a discussion was read could not be noted: %r", error)


@transaction.atomic
def mark_all_read(*, by: User, place: Model) -> None:
    """Everything that stands in a place now, in one row, however much it is."""
    AllRead.objects.update_or_create(user=by, **about(place), defaults={"at": timezone.now()})


@transaction.atomic
def wish(*, by: User, thread: Thread, wish: str) -> None:
    """Follow a discussion, mute it, or neither. Raises ValueError for anything else."""
    chosen = Reading.Wish(wish)
    Reading.objects.update_or_create(user=by, thread=thread, defaults={"wish": chosen})
