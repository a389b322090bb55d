from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebinarsConfig(AppConfig):
    name = "webinars"
    verbose_name = _("Webinars")

    def ready(self) -> None:
        from files import readers
        from webinars import (
            community_tab,
            contributions,
            feedback,
            files,
            in_calendar,
            letters,
            lists,
            panel,
            privacy,
            question_letters,
            recording_letters,
            reviewing,
            summaries,
            trail,
            winners,
        )
        from webinars.attendance import plays
        from webinars.attendance import privacy as attendance

        shown = (lists, reviewing, contributions, community_tab, in_calendar)
        for signing_up in (
            *shown,
            letters,
            question_letters,
            recording_letters,
            panel,
            summaries,
            feedback,
            winners,
            plays,
            privacy,
            attendance,
            trail,
        ):
            signing_up.sign_up()
        readers.register(readers.Reader(may_read=files.may_read))
