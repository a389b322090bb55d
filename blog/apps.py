from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Blog")

    def ready(self) -> None:
        from blog import comments, contributions, files, lists, pieces, privacy, reading, reviewing, trail
        from files import readers

        readers.register(readers.Reader(may_read=files.may_read))
        for signing_up in (lists, comments, reading, pieces, reviewing, contributions, privacy, trail):
            signing_up.sign_up()
