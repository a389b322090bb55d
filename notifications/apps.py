from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Letters")

    def ready(self) -> None:
        from content import review
        from members import letters
        from notifications import accounts, notices, privacy

        review.listen(notices.tell_of_step)
        letters.listen(accounts.post_letter)
        privacy.sign_up()
