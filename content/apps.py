from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        from content import caching, privacy
        from taxonomy import changes

        changes.listen(lambda model, pks: caching.bump("vocabulary"))
        privacy.sign_up()
