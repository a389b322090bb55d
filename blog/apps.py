from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Blog")

    def ready(self) -> None:
        from blog import files, lists, reading
        from files import readers

        readers.register(readers.Reader(may_read=files.may_read))
        for signing_up in (lists, reading):
            signing_up.sign_up()
