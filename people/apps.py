from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("Members and their profiles")

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed

        from content.panels import Panel
        from files import readers
        from people import files, panels, privacy, services
        from stakeholders.panels import ON_ORGANISATIONS

        readers.register(readers.Reader(may_read=files.may_read))
        ON_ORGANISATIONS.register(Panel(template="people/_colleagues.html", read=panels.at_organisation))
        email_confirmed.connect(services.on_confirmed, dispatch_uid="people")
        privacy.sign_up()
