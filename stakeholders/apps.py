from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    name = "stakeholders"
    verbose_name = _("Stakeholders")

    def ready(self) -> None:
        from content import registry, review, services, trail
        from search import facets
        from stakeholders import cards, lists, privacy, reviewing, serialise
        from stakeholders.models import Organisation, OrganisationName

        registry.register(
            registry.ContentType(
                key="organisation",
                model=Organisation,
                label=_("Stakeholder"),
                label_plural=_("Stakeholders"),
                section="discover",
                namespace="stakeholders",
                cards=cards.read,
                card_template="stakeholders/_card.html",
                short="o",
                position=30,
                as_data=serialise.as_row,
                title_field="name",
            )
        )
        facets.name_values("org", lists.organisation_names)
        facets.name_values("type", lists.type_names)
        review.register(
            review.Reviewed(
                key="organisation",
                label=_("Stakeholders"),
                template="stakeholders/_reviewed.html",
                checks=reviewing.checks,
                summaries=reviewing.summaries,
                edit_url=reviewing.edit_url,
            )
        )
        privacy.sign_up()
        trail.keep(Organisation, many=["focus"], save=services.save_record)
        trail.keep(OrganisationName)
