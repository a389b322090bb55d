"""The kinds of letters of the lower floors: what apps below this one have to tell."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from content import review, services
from notifications import digests, following, kinds, matters, preferences, registry, reviewing, unsubscribing
from notifications.kinds import ANY, SUMMARY, SUMMED_UP, Frequency, Kind


def sign_up() -> None:
    review.listen(reviewing.tell_of_step)
    services.when_published.append(following.announce)
    registry.refuse(preferences.refusal)
    registry.refuse_together(matters.refusals)
    registry.prefer_plain(preferences.wants_plain)
    registry.offer_unsubscribing(unsubscribing.path_of)
    registry.offer_stopping_all(unsubscribing.path_of_all)
    registry.offer_stopping_target(unsubscribing.target_of)
    registry.put_together(SUMMARY, digests.context_of)
    kinds.register(
        Kind("account", _("My account"), on_page=False),
        Kind(SUMMARY, _("Summaries"), on_page=False),
        Kind("review", _("An editor answers me about what I shared"), ANY, position=10),
        Kind("message", _("A member writes to me"), ANY, position=20),
        Kind("followed", _("New on what I follow"), SUMMED_UP, Frequency.WEEKLY, position=30),
        Kind("case", _("A member answers me about a review"), ANY, position=40, for_staff=True),
        Kind(
            "staff_waiting",
            _("What waits for review"),
            SUMMED_UP,
            Frequency.DAILY,
            position=50,
            for_staff=True,
            on_page=False,  # the inbox shows it
            still_news=reviewing.still_waiting,
        ),
    )
