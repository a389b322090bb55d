from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    name = "discussions"
    verbose_name = _("Discussions")

    def ready(self) -> None:
        from content import registry
        from discussions import cards, files, kinds, moderating, privacy, serialise
        from discussions.models import Thread
        from files import readers

        registry.register(
            registry.ContentType(
                key="discussion",
                model=Thread,
                label=_("Discussion"),
                label_plural=_("Discussions"),
                section="connect",
                namespace="discussions",
                cards=cards.read,
                card_template="discussions/_card.html",
                short="d",
                position=60,
                as_data=serialise.as_row,
                card_depends=("community",),
            )
        )

        readers.register(readers.Reader(may_read=files.may_read))
        readers.register(readers.Reader(may_read=files.may_read_unsent))
        kinds.sign_up()
        moderating.sign_up()
        privacy.sign_up()
