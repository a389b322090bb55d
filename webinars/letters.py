"""What is written to those who registered: each letter a row of the outbox, in their language and on their clock.

Its context is plain data and holds the webinar's `sequence`, so that nothing leaves that a move or a cancellation has
overtaken (`refusals`). How long it still is to the start is said by the letter when it leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from communities.models import Membership
from content import calendars, zones
from content.text import one_line
from content.translations import words
from notifications import kinds, registry, services
from notifications.kinds import Kind
from notifications.models import Letter
from notifications.registry import Attachment
from webinars import feeds
from webinars.models import Registration, Webinar

if TYPE_CHECKING:
    from webinars.querysets import RegistrationQuerySet

PLACE, REMINDER, CHANGE = "webinar_place", "webinar_reminder", "webinar_change"
NOT_NOW = "overtaken"  # of a letter that says what is no longer so
State = Registration.State
Context = dict[str, Any]


def sign_up() -> None:
    kinds.register(
        Kind(PLACE, _("My registration for a webinar"), on_page=False),
        Kind(REMINDER, _("Reminders of a webinar I registered for"), on_page=False),
        Kind(CHANGE, _("Changes of a webinar I registered for"), on_page=False),
    )
    for kind in (PLACE, REMINDER, CHANGE):
        registry.attach(kind, _calendar)
    registry.refuse_together(refusals)


# ---------- Letters ----------


def confirm(row: Registration, *, number: int) -> None:
    """That they have a place, or wait for one; to an address that is not confirmed also the question whether it is
    theirs. `number`: how many such letters there were."""
    with override(services.spoken(row.language)):
        context = _context(row) | {"waits": row.waits, "confirmed": row.is_confirmed}
    _post(row, f"place-{number}", PLACE, "webinars/place", context)


def offer(row: Registration) -> None:
    with override(services.spoken(row.language)):
        until = zones.read(row.offered_until, _zone(row))  # type: ignore[arg-type]
        context = _context(row) | {"until": until.words}
    stamp = int(row.offered_until.timestamp())  # type: ignore[union-attr]
    _post(row, f"offer-{stamp}", PLACE, "webinars/offer", context)


def tell_moved(webinar: Webinar) -> None:
    """To everybody whom it concerns, each with the new time in a calendar file that replaces the old."""
    _tell(webinar, f"moved-{webinar.sequence}", "webinars/moved")


def tell_cancelled(webinar: Webinar) -> None:
    _tell(webinar, "cancelled", "webinars/cancelled", reason=webinar.cancelled_reason)


def _tell(webinar: Webinar, what: str, template: str, **more: Any) -> None:
    rows = allowed(webinar, webinar.registrations.told())
    services.post_each(planned(webinar, rows, what, CHANGE, template, **more))


def planned(
    webinar: Webinar, rows: Iterable[Registration], what: str, kind: str, template: str, **more: Any
) -> Iterator[Mapping[str, Any]]:
    """Letters to many, as `services.post_each` takes them. What a language and a zone share is written once."""
    shared: dict[tuple[str, str], Context] = {}
    for row in rows:
        row.webinar = webinar
        key = services.spoken(row.language), _zone(row)
        if key not in shared:
            with override(key[0]):
                shared[key] = _shared(webinar, key[1]) | more
        yield _letter(row, what, kind, template, _own(row, shared[key]))


def take_back(row: Registration) -> None:
    """Whoever cancelled gets nothing that was planned. What was sent stays sent."""
    mine = Letter.objects.planned().filter(address=row.email, occasion__endswith=f"-{row.pk}")
    services.skip(letters=mine.filter(occasion__startswith=f"{_stem(row.webinar_id)}-"), reason="taken_back")


def renew(webinar: Webinar) -> None:
    """Letters about a place that are still on their way say the new time."""
    letters = Letter.objects.planned().filter(kind=PLACE, occasion__startswith=f"{_stem(webinar.pk)}-")
    for letter in letters.exclude(context=None):
        said = letter.context or {}
        row = Registration.objects.filter(pk=said.get("registration", 0)).first()
        if row is not None:
            row.webinar = webinar
            with override(letter.language):
                letter.context = {**said, **_context(row)}
            letter.save(update_fields=["context"])


def _post(row: Registration, what: str, kind: str, template: str, context: Context) -> None:
    services.post(**_letter(row, what, kind, template, context))


def _letter(row: Registration, what: str, kind: str, template: str, context: Context) -> dict[str, Any]:
    """To the address they registered with, whatever their account's is now."""
    return {
        "occasion": f"{_stem(row.webinar_id)}-{what}-{row.pk}",
        "to": row.email,
        "kind": kind,
        "template": template,
        "context": context,
        "language": row.language,
    }


def _stem(pk: int) -> str:
    return f"webinar-{pk}"


# ---------- What they say ----------


def _context(row: Registration) -> Context:
    """In the language of the moment."""
    return _own(row, _shared(row.webinar, _zone(row)))


def _shared(webinar: Webinar, zone: str) -> Context:
    """What readers of one language in one zone are told alike."""
    at, utc, title = zones.read(webinar.starts_at, zone), zones.in_utc(webinar.starts_at), words(webinar, "title")
    return {
        "webinar": webinar.pk,
        "sequence": webinar.sequence,
        "title": one_line(title.text),
        "when": at.words,
        "city": at.city,
        "zone_name": at.zone_name,
        "utc": "" if zone == zones.NONE else utc.words,
        "starts_at": webinar.starts_at.isoformat(),
        "page": webinar.get_absolute_url(),
        "event": calendars.as_plain(feeds.event(webinar, settings.PORTAL_BASE_URL)),
    }


def _own(row: Registration, shared: Context) -> Context:
    """With their name, and the link that is theirs alone, which leads into the meeting when it is open."""
    path = reverse("webinars:own", args=[row.webinar.slug, row.key])
    link, event = f"{settings.PORTAL_BASE_URL}{path}", shared["event"]
    own = {**event, "place": link, "text": event["text"].removesuffix(event["url"]) + link}
    # What a stranger typed is not carried to an address that may not be theirs.
    name = row.name if row.is_confirmed else ""
    return {**shared, "registration": row.pk, "name": name, "path": path, "event": own}


def _zone(row: Registration) -> str:
    return row.zone if zones.is_zone(row.zone) else zones.NONE


def _calendar(letter: Letter) -> Sequence[Attachment]:
    """The event as a file: the same UID each time, so that calendars replace what they have."""
    event = calendars.of_plain((letter.context or {})["event"])
    if letter.template == "webinars/cancelled":
        event = replace(event, is_cancelled=True)
    return [Attachment("webinar.ics", calendars.document([event]), calendars.content_type())]


# ---------- What must not leave any more ----------


def allowed(webinar: Webinar, rows: RegistrationQuerySet) -> RegistrationQuerySet:
    """Of a private community only those who are in it now."""
    if not webinar.is_private:
        return rows
    inside = Membership.objects.current().filter(community=webinar.community_id, user=OuterRef("user"))
    return rows.filter(Exists(inside))


def refusals(letters: Sequence[Letter]) -> dict[int, str]:
    return overtaken(letters, (PLACE, REMINDER, CHANGE), _is_so)


def overtaken(
    letters: Sequence[Letter], kinds_: Collection[str], is_so: Callable[[Letter, Registration], bool]
) -> dict[int, str]:
    """Of letters of these kinds: those whose registration lost its address or may know of the webinar no longer, and
    those that say what is no longer so. Asked for all letters of a round at once, in three queries.
    """
    ours = [one for one in letters if one.kind in kinds_ and one.context]
    if not ours:
        return {}
    keys = [_key(one) for one in ours]
    rows = Registration.objects.filter(pk__in=keys).select_related("webinar__community").in_bulk()
    inside_now = inside(rows)
    found = {}
    for letter in ours:
        row = rows.get(_key(letter))
        if row is None or row.email != letter.address.lower() or not is_so(letter, row):
            found[letter.pk] = NOT_NOW
        elif row.webinar.is_private and row.pk not in inside_now:
            found[letter.pk] = "no_longer_visible"
    return found


def _key(letter: Letter) -> int:
    return int((letter.context or {}).get("registration", 0))


def inside(rows: Mapping[int, Registration]) -> set[int]:
    """Those of private communities who are in them now."""
    private = [pk for pk, row in rows.items() if row.webinar.is_private]
    if not private:
        return set()
    members = Membership.objects.current().filter(community=OuterRef("webinar__community"), user=OuterRef("user"))
    return set(Registration.objects.filter(Exists(members), pk__in=private).values_list("pk", flat=True))


def _is_so(letter: Letter, row: Registration) -> bool:
    """Whether what a letter says is so at this moment."""
    webinar, now = row.webinar, timezone.now()
    if letter.template == "webinars/cancelled":
        return webinar.cancelled_at is not None
    if webinar.cancelled_at or webinar.status != Webinar.Status.PUBLISHED:
        return False
    if (letter.context or {}).get("sequence") != webinar.sequence:
        return False
    if letter.kind == REMINDER:
        return row.is_in and row.is_confirmed and now < webinar.starts_at
    if letter.template == "webinars/offer":
        return row.is_offered_at(now)
    return row.state in (State.IN, State.WAITING, State.OFFERED) and now < webinar.ends_at
