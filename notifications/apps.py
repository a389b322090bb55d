from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Letters")

    def ready(self) -> None:
        from members import letters
        from notifications import accounts, own_kinds, privacy

        own_kinds.sign_up()
        letters.listen(accounts.post_letter)
        privacy.sign_up()
