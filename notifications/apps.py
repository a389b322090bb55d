from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Letters")

    def ready(self) -> None:
        from content import review
        from notifications import notices

        review.listen(notices.tell_of_step)
