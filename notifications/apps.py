from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Letters")

    def ready(self) -> None:
        from content import review
        from notifications import kinds, reviewing
        from notifications.kinds import ANY, SUMMARY, SUMMED_UP, Frequency, Kind

        review.listen(reviewing.tell_of_step)
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
                on_page=False,
                still_news=reviewing.still_waiting,
            ),
        )
