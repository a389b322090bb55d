"""What the page of a webinar says to this reader, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from blog.models import BlogPost
from blog.reading import MOST, cards_of, linked_to
from communities.models import Community
from content import addresses, translations, zones
from content.models import Case
from discussions import places as places_of_threads
from discussions.models import Thread
from people.models import Profile
from webinars import asking, places, winners
from webinars.attendance import counts
from webinars.models import Webinar
from webinars.permissions import can_edit
from webinars.question_forms import QuestionForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.utils.safestring import SafeString

    from members.models import User
    from webinars.asking import Asker
    from webinars.models import Panellist, Series
    from webinars.querysets import WebinarQuerySet

    Reader = User | AnonymousUser

State = Webinar.State
ON_PAGE, WHILE_OPEN = 5, 30  # questions, on its page: more while people ask and vote there
NEAR = 3  # of the same series, on its page
# The part of the page that follows the state. Each is a template of its own, so that a state may say more one day.
ACTS = {
    State.UPCOMING: "ahead",
    State.SOON: "ahead",
    State.LIVE: "ahead",
    State.PREPARING: "preparing",
    State.COMPLETE: "complete",
    State.CANCELLED: "cancelled",
}


def page(webinar: Webinar, reader: Reader) -> dict[str, Any]:
    state = webinar.state
    home = zones.read(webinar.starts_at, webinar.zone)
    return {
        "record": webinar,
        "state": state,
        "act": f"webinars/_act_{ACTS[state]}.html",
        "kicker": kicker(webinar, state, reader),
        "at_home": home,
        "readings": zones.readings(webinar.starts_at, zones.readers(), webinar.shown_cities),
        "panel": list(with_profiles(webinar.panellists.all(), reader)),
        "community": _community(webinar, reader),
        "near": near(webinar, reader),
        "states": translations.states(webinar, "title"),
        "can_edit": can_edit(reader, webinar),
        "mine": webinar.registrations.of(reader).current().first() if reader.is_authenticated else None,
        **(places.taken(webinar) if places.takes_people(webinar) else {}),
        **summed_up(webinar, reader),
        **asked(webinar, asking.member(reader) if reader.is_authenticated else None),
        "back": webinar.get_absolute_url(),
        "came": counts.public(webinar),
        "poll": winners.poll_of(webinar, reader),
        "permanent_path": addresses.permanent(webinar) if webinar.is_listed else "",
        "case": Case.objects.about(webinar).open().first() if reader.is_staff else None,
    }


def asked(webinar: Webinar, asker: Asker | None) -> dict[str, Any]:
    """The most wanted questions, whether there are more, and whether this reader may ask. From the time the door opens
    one asks and votes beside them; before and after on a page of their own."""
    is_open = webinar.is_door_open
    most = WHILE_OPEN if is_open else ON_PAGE
    found = list(webinar.questions.shown().by_votes()[: most + 1])
    asks = asker is not None and webinar.is_published and not asking.why_not(webinar, asker)
    context = {"questions": found[:most], "has_more_questions": len(found) > most, "asks": asks}
    if not asks or not is_open:
        return context
    return context | {"asks_as": asker, "voted": asking.voted(webinar, asker), "form": QuestionForm()}


def summed_up(webinar: Webinar, reader: Reader) -> dict[str, Any]:
    """Its summary as soon as that is public, and the discussion of its questions where this reader may open it."""
    post = webinar.summary_post
    if post is None or not post.is_published:
        return {"summary_post": None}
    found = Thread.objects.visible_to(reader).filter(pk=post.thread_id or 0, is_comments=False)
    discussion = found.exclude(state="removed").first()
    if discussion:
        discussion.record = places_of_threads.row_of(discussion)
    return {"summary_post": post, "discussion": discussion, "publications": linked_to(post, "publication")}


def kicker(webinar: Webinar, state: State, reader: Reader) -> str:
    """“Part 3 of the series”, counted among those this reader finds."""
    if webinar.series is None:
        return ""
    before = Q(starts_at__lt=webinar.starts_at) | Q(starts_at=webinar.starts_at, pk__lt=webinar.pk)
    found = Webinar.objects.shown_to(reader).filter(before, series=webinar.series, cancelled_at=None)
    return _("part %(number)s of a series") % {"number": found.count() + 1}


def with_profiles(panel: Iterable[Panellist], reader: Reader) -> Iterable[tuple[Panellist, str]]:
    """Each with the address of their profile, where this reader may open it: one query whatever the number."""
    people = list(panel)
    members = [one.user_id for one in people if one.user_id]
    profiles = Profile.objects.visible_to(reader).filter(user__in=members) if members else ()
    urls = {one.user_id: one.get_absolute_url() for one in profiles}
    return [(one, urls.get(one.user_id, "")) for one in people]


def _community(webinar: Webinar, reader: Reader) -> Community | None:
    """Its community, where this reader may know of it."""
    if webinar.community is None or webinar.community.is_listed:
        return webinar.community
    return Community.objects.visible_to(reader).filter(pk=webinar.community_id).first()


def near(webinar: Webinar, reader: Reader) -> list[Webinar]:
    """Others of the series: what comes next first, then the latest before."""
    if webinar.series is None:
        return []
    others = Webinar.objects.shown_to(reader).filter(series=webinar.series, cancelled_at=None).exclude(pk=webinar.pk)
    found = list(others.upcoming()[:NEAR])
    return found + list(others.past()[: NEAR - len(found)])


def summaries_of(series: Series, reader: Reader) -> list[SafeString]:
    """Cards of the latest summaries of its webinars."""
    posts = BlogPost.objects.published().filter(summed_up__in=Webinar.objects.shown_to(reader).filter(series=series))
    return cards_of(list(posts.order_by("-published_at", "-pk").values_list("pk", flat=True)[:MOST]))


def calendar_of(series: Series, reader: Reader) -> list[Webinar]:
    """Whatever a subscribed calendar should hold, cancelled ones included: it has to learn of them."""
    found = Webinar.objects.shown_to(reader).filter(series=series)
    return list(found.select_related("series").order_by("starts_at", "pk"))


def next_change(shown: WebinarQuerySet) -> datetime | None:
    """When the clock alone moves one of them from what is ahead to what was."""
    return shown.upcoming().order_by("ends_at").values_list("ends_at", flat=True).first()


@dataclass(frozen=True)
class SeriesRow:
    series: Series
    count: int
    ahead: Webinar | None  # the next one


def series_rows(found: Sequence[Series], reader: Reader) -> list[SeriesRow]:
    """With how many webinars each has for this reader and which is next, in two queries."""
    theirs = Webinar.objects.shown_to(reader).filter(series__in=found)
    counts = dict(theirs.order_by().values_list("series").annotate(number=Count("pk")))
    ahead: dict[int, Webinar] = {}
    for webinar in theirs.upcoming():
        ahead.setdefault(webinar.series_id, webinar)
    return [SeriesRow(one, counts.get(one.pk, 0), ahead.get(one.pk)) for one in found]
