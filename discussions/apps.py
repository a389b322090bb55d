from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    name = "discussions"
    verbose_name = _("Discussions")

    def ready(self) -> None:
        from discussions import files, kinds, moderating, privacy
        from files import readers

        readers.register(readers.Reader(may_read=files.may_read))
        readers.register(readers.Reader(may_read=files.may_read_unsent))
        kinds.sign_up()
        moderating.sign_up()
        privacy.sign_up()
