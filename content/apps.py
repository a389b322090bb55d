from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = _("Content")

    def ready(self) -> None:
        from content import caching, privacy, trail
        from content.models import OldAddress
        from members.models import User
        from taxonomy import changes, models

        changes.listen(lambda model, pks: caching.bump("vocabulary"))
        privacy.sign_up()
        for term in (models.Topic, models.Region, models.Goal, models.Licence, models.PublicationType):
            trail.keep(term)
        trail.keep(models.Country, many=["regions"])
        trail.keep(models.TopicName)
        trail.keep(OldAddress, without=["hits", "last_hit_at"])
        trail.keep(User, only=["is_staff", "is_superuser", "is_active"], many=["groups"])  # what they may do
