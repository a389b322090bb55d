from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from communities import document_privacy, documents, places

        places.sign_up()
        documents.sign_up()
        document_privacy.sign_up()
