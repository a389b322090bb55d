from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = _("Publications")

    def ready(self) -> None:
        from content import registry, trail
        from files import readers
        from people import contributions
        from publications import cards, files, lists, privacy, serialise, services
        from publications.models import Author, Document, Publication, Publisher, Series
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
        contributions.register(
            contributions.Contribution(
                key="publications",
                label=_("Publications"),
                kind="publication",
                records=lambda user: (
                    Publication.objects.published()
                    .filter(owner=user, shows_owner=True)
                    .order_by("-published_at", "-pk")
                ),
            )
        )
        facets.name_values("series", lists.series_names)
        facets.name_values("shared", lists.provenance_names)
        readers.register(readers.Reader(may_read=files.may_read, on_download=files.count_download))
        privacy.sign_up()
        terms = ["topics", "countries", "regions", "goals", "related"]
        trail.keep(
            Publication,
            without=["title_key"],
            many=terms,
            save=lambda record, by: services.save_publication(publication=record, by=by),
        )
        for part in (Author, Publisher, Document, Series):
            trail.keep(part)
