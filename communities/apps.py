from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from communities import (
            contributions,
            document_privacy,
            documents,
            lists,
            notices,
            own_tabs,
            places,
            privacy,
            reviewing,
            trail,
        )

        notices.register_kinds()
        for signing_up in (lists, places, own_tabs, documents, reviewing, contributions):
            signing_up.sign_up()
        for kept in (privacy, document_privacy, trail):
            kept.sign_up()
