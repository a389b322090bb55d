from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = _("Publications")

    def ready(self) -> None:
        from content import registry
        from files import readers
        from publications import cards, contributions, files, lists, privacy, proposing, reviewing, serialise, trail
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
                cards=cards.read,
                card_template="publications/_card.html",
                short="p",
                position=10,
                card_depends=("organisation",),
                as_data=serialise.as_row,
            )
        )
        facets.name_values("series", lists.series_names, kind="publication")
        facets.name_values("shared", lists.provenance_names)
        readers.register(readers.Reader(may_read=files.may_read, on_download=files.count_download))
        readers.register(readers.Reader(may_read=files.may_read_draft))
        for signing_up in (reviewing, contributions, privacy, trail, proposing):
            signing_up.sign_up()
