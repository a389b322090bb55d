from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = _("Publications")

    def ready(self) -> None:
        from content import registry
        from publications import lists
        from publications.models import Publication
        from search import facets

        registry.register(
            registry.ContentType(
                key="publication",
                model=Publication,
                label=_("Publication"),
                label_plural=_("Publications"),
                section="discover",
                namespace="publications",
                card_template="publications/_card.html",
                short="p",
                card_depends=("organisation",),
            )
        )
        facets.name_values("series", lists.series_names)
        facets.name_values("shared", lists.provenance_names)
