from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "agenda"
    verbose_name = _("Agenda")

    def ready(self) -> None:
        from agenda import contributions, lists, privacy, reviewing, trail

        for signing_up in (lists, reviewing, contributions, privacy, trail):
            signing_up.sign_up()
