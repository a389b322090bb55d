from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        from allauth.account.signals import user_signed_up
        from django.db.models.signals import post_migrate

        from members import limits, privacy, roles

        limits.keep_in_database()
        post_migrate.connect(roles.load, sender=self)
        privacy.sign_up()
        user_signed_up.connect(privacy.note_signup, dispatch_uid="members consent")
