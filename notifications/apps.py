from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Letters")

    def ready(self) -> None:
        from anymail.signals import tracking
        from django.contrib.auth.signals import user_logged_in

        from content import review
        from notifications import bounces, notices, trust

        review.listen(notices.tell_of_step)
        tracking.connect(lambda event, **rest: bounces.hear(event), weak=False, dispatch_uid="letters")
        user_logged_in.connect(
            lambda request, user, **rest: trust.note_at_sign_in(request, user), weak=False, dispatch_uid="letters"
        )
