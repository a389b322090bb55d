from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from django.conf import settings
        from django.contrib import admin

        admin.site.site_header = admin.site.site_title = settings.PORTAL_NAME
        admin.site.index_title = _("Editors’ desk")
