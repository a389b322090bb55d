"""The letter that there is a recording: once to everybody who had a place, in their language.

It is planned an hour after the first recording was brought, so that one brought by mistake can be taken back. The round
is a row, as with reminders (docs/adr/0033): later recordings, in other languages, write to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from content import wording
from content.text import one_line
from content.translations import words
from notifications import kinds, registry, services
from notifications.kinds import Kind
from webinars import letters
from webinars.models import Registration, ReminderRound, Webinar

if TYPE_CHECKING:
    from notifications.models import Letter

RECORDED = "webinar_recorded"
REST = timedelta(hours=1)
BACK = timedelta(days=14)  # a recording brought long ago is no news, however long the schedule was away


def sign_up() -> None:
    kinds.register(Kind(RECORDED, _("Recordings of webinars I registered for"), on_page=False))
    registry.refuse_together(refusals)


def plan_due() -> int:
    """Write about recordings that were brought and not written about. How many letters there were."""
    now = timezone.now()
    recorded = Webinar.objects.filter(
        recorded_at__lte=now - REST, recorded_at__gt=now - BACK, cancelled_at=None, status=Webinar.Status.PUBLISHED
    )
    told = ReminderRound.objects.filter(kind=ReminderRound.Kind.RECORDING).values("webinar")
    return sum(_plan(pk) for pk in recorded.exclude(pk__in=told).order_by("recorded_at").values_list("pk", flat=True))


@transaction.atomic
def _plan(pk: int) -> int:
    """While the webinar is held: whoever comes second finds the round."""
    webinar = Webinar.objects.select_for_update().get(pk=pk)
    if webinar.cancelled_at or webinar.recorded_at is None:
        return 0
    made, is_new = ReminderRound.objects.get_or_create(
        webinar=webinar, kind=ReminderRound.Kind.RECORDING, defaults={"sequence": 0}
    )
    if not is_new:
        return 0
    rows = letters.allowed(webinar, webinar.registrations.reminded())
    planned = list(_letters(webinar, rows))
    if planned:
        services.post_each(planned)
    ReminderRound.objects.filter(pk=made.pk).update(number=len(planned))
    return len(planned)


def _letters(webinar: Webinar, rows: Iterable[Registration]) -> Iterator[Mapping[str, Any]]:
    """What a language shares is written once."""
    recorded = list(webinar.recordings.values_list("language", flat=True))
    shared: dict[str, dict[str, Any]] = {}
    for row in rows:
        language = services.spoken(row.language)
        if language not in shared:
            with override(language):
                title = one_line(words(webinar, "title").text)
                said = wording.written_in(recorded)
                page = f"{webinar.get_absolute_url()}#recording"
            shared[language] = {"title": title, "languages": said, "page": page}
        yield {
            "occasion": f"webinar-{webinar.pk}-recorded-{row.pk}",
            "to": row.email,
            "kind": RECORDED,
            "template": "webinars/recorded",
            "context": {**shared[language], "registration": row.pk, "name": row.name},
            "language": row.language,
        }


def refusals(planned: Sequence[Letter]) -> dict[int, str]:
    """Of a recording that was taken away, a webinar that was withdrawn, a registration that lost its name."""
    return letters.overtaken(planned, (RECORDED,), _is_so)


def _is_so(_letter: Letter, row: Registration) -> bool:
    webinar = row.webinar
    return row.is_in and webinar.is_published and webinar.cancelled_at is None and webinar.recorded_at is not None
