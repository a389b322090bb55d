from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Letters")

    def ready(self) -> None:
        from anymail.signals import tracking
        from django.contrib.auth.signals import user_logged_in

        from members import letters
        from notifications import accounts, bounces, own_kinds, privacy, trust

        own_kinds.sign_up()
        letters.listen(accounts.post_letter)
        privacy.sign_up()
        tracking.connect(lambda event, **rest: bounces.hear(event), weak=False, dispatch_uid="letters")
        user_logged_in.connect(
            lambda request, user, **rest: trust.note_at_sign_in(request, user), weak=False, dispatch_uid="letters"
        )
