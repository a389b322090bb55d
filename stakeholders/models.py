"""Organisations that work on social protection."""

from __future__ import annotations

from django.db import models
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
