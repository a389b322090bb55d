from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from moderation import permissions, privacy, sanctions, telling

        privacy.sign_up()
        sanctions.sign_up()
        telling.sign_up(permissions.can_enter)
