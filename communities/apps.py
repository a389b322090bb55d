from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from communities import (
            cards,
            contributions,
            documents,
            lists,
            notices,
            own_tabs,
            places,
            privacy,
            reviewing,
            serialise,
            trail,
        )
        from communities.models import Community
        from communities.numbers import LIFE
        from content import registry
        from search import facets

        registry.register(
            registry.ContentType(
                key="community",
                model=Community,
                label=_("Community"),
                label_plural=_("Communities"),
                section="connect",
                namespace="communities",
                cards=cards.read,
                card_template="communities/_card.html",
                short="c",
                position=50,
                as_data=serialise.as_row,
                title_field="name",
                card_depends=(LIFE,),
            )
        )
        facets.name_values("access", lists.access_names)
        facets.name_values("activity", lists.activity_names)
        notices.register_kinds()
        for signing_up in (places, own_tabs, documents, reviewing, contributions, privacy, trail):
            signing_up.sign_up()
