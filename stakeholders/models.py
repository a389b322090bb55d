"""Organisations that work on social protection."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.models import Entry
from stakeholders.querysets import OrganisationQuerySet


class Organisation(Entry):
    class Type(models.TextChoices):  # the five kinds of the platform's reports
        GOVERNMENT = "government", _("Government institution")
        RESEARCH = "research", _("Research and academia")
        NGO = "ngo", _("Non-governmental organisation")
        INTERNATIONAL = "international", _("International organisation")
        OTHER = "other", _("Other")

    name = models.CharField(_("name"), max_length=255)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    description = models.TextField(_("description"), blank=True)
    type = models.CharField(_("type"), max_length=13, choices=Type)
    country = models.ForeignKey(
        "taxonomy.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("country"),
    )
    focus = models.ManyToManyField(
        "taxonomy.Region", blank=True, related_name="organisations", verbose_name=_("regional focus")
    )
    website = models.URLField(_("website"), blank=True)
    ror = models.CharField("ROR", max_length=40, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:detail", args=[self.slug])

    @property
    def short_name(self) -> str:
        return self.acronym or self.name


class OrganisationName(models.Model):
    """Another name, spelling or former name by which people look for an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="aliases")
    text = models.CharField(_("text"), max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "text"], name="alias_once_per_organisation")]

    def __str__(self) -> str:
        return self.text


class Affiliation(models.Model):
    """A member works, or worked, for an organisation. Who may know is for the member's profile to say."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="affiliations", verbose_name=_("organisation")
    )
    role = models.CharField(_("what you do there"), max_length=120, blank=True)
    from_year = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="affiliation_once"),
            models.CheckConstraint(
                condition=Q(to_year__isnull=True) | Q(from_year__isnull=True) | Q(to_year__gte=F("from_year")),
                name="affiliation_ends_after_it_begins",
            ),
        ]

    @property
    def years(self) -> str:
        """“2012-2018”, “2012-” while it lasts, nothing where nobody said."""
        if not (self.from_year or self.to_year):
            return ""
        return f"{self.from_year or ''}\N{EN DASH}{self.to_year or ''}"
