from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    name = "discussions"
    verbose_name = _("Discussions")

    def ready(self) -> None:
        from discussions import files, moderating, privacy
        from files import readers

        readers.register(readers.Reader(may_read=files.may_read))
        readers.register(readers.Reader(may_read=files.may_read_unsent))
        moderating.sign_up()
        privacy.sign_up()
