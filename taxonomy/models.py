"""The vocabulary every content type shares: trilingual terms with their other names."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import GenericTaggedItemBase, TagBase
from treebeard.mp_tree import MP_Node

from taxonomy.querysets import TopicManager


class Topic(MP_Node):
    """A term of the curated topic tree."""

    slug = models.SlugField(max_length=80, unique=True)
    label = models.CharField(_("label"), max_length=120)
    definition = models.TextField(_("definition"), blank=True)
    position = models.PositiveIntegerField(default=0, help_text=_("Order among its siblings."))
    related = models.ManyToManyField("self", blank=True, verbose_name=_("related topics"))
    unesco_uri = models.URLField(_("same concept in the UNESCO Thesaurus"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    node_order_by = ["position", "slug"]  # by a number: a translated label would reorder the tree per language

    objects = TopicManager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("search:topic", args=[self.slug])

    def labels(self) -> dict[str, str]:
        """By language, where there is one."""
        labels = {code: getattr(self, f"label_{code}") for code in settings.MODELTRANSLATION_LANGUAGES}
        return {code: label for code, label in labels.items() if label}


class Name(models.Model):
    """Another name of a term, as people of one language write it."""

    class Kind(models.TextChoices):
        SYNONYM = "synonym", _("Synonym")
        ACRONYM = "acronym", _("Acronym")

    language = models.CharField(_("language"), max_length=8)
    text = models.CharField(_("text"), max_length=160)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.SYNONYM)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text


class TopicName(Name):
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="names")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "language", "text"], name="topic_name_once_per_language"),
        ]


class TopicFormerSlug(models.Model):
    """A slug that a topic had, or that belonged to a topic merged into it: its addresses keep working."""

    slug = models.SlugField(max_length=80, unique=True)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class Region(models.Model):
    """A part of the world: of M49, or a group of countries that the field speaks of."""

    class Kind(models.TextChoices):
        REGION = "region", _("Region (M49)")
        SUBREGION = "subregion", _("Subregion (M49)")
        GROUP = "group", _("Group of countries")

    slug = models.SlugField(max_length=60, unique=True)
    m49 = models.CharField("M49", max_length=3, blank=True)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    name = models.CharField(_("name"), max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")

    class Meta:
        ordering = ["slug"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search:region", args=[self.slug])


class Country(models.Model):
    """A country or area of the UN M49 standard."""

    class Income(models.TextChoices):
        LOW = "LIC", _("Low income")
        LOWER_MIDDLE = "LMIC", _("Lower middle income")
        UPPER_MIDDLE = "UMIC", _("Upper middle income")
        HIGH = "HIC", _("High income")

    iso2 = models.CharField("ISO 3166-1 alpha-2", max_length=2, unique=True)
    iso3 = models.CharField("ISO 3166-1 alpha-3", max_length=3, unique=True)
    m49 = models.CharField("M49", max_length=3, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    income_group = models.CharField(_("income group (World Bank)"), max_length=4, choices=Income, blank=True)
    income_year = models.PositiveSmallIntegerField(_("year of the income group"), null=True, blank=True)
    regions = models.ManyToManyField(Region, related_name="countries")

    class Meta:
        ordering = ["slug"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search:country", args=[self.slug])


class CountryName(Name):
    country = models.ForeignKey(Country, models.CASCADE, related_name="names")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "language", "text"], name="country_name_once_per_language"),
        ]


class Goal(models.Model):
    """A Sustainable Development Goal (code “1”) or one of its targets (code “1.3”)."""

    code = models.CharField(_("code"), max_length=5, unique=True)
    goal = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="targets")
    short = models.CharField(_("short name"), max_length=80, blank=True)
    text = models.TextField(_("text"))
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        verbose_name = _("Sustainable Development Goal or target")
        verbose_name_plural = _("Sustainable Development Goals and targets")

    def __str__(self) -> str:
        return f"{self.code} {self.short or self.text}"

    def get_absolute_url(self) -> str:
        return reverse("search:goal", args=[self.code])


class PublicationType(models.Model):
    """What a publication is: a report, a video, a dataset… with its names in the exchange formats."""

    class Medium(models.TextChoices):
        DOCUMENT = "document", _("Document")
        AUDIO = "audio", _("Audio")
        IMAGE = "image", _("Image")
        VIDEO = "video", _("Video")
        DATASET = "dataset", _("Dataset")
        LINK = "link", _("Link")

    slug = models.SlugField(max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=60)
    medium = models.CharField(_("medium"), max_length=8, choices=Medium, default=Medium.DOCUMENT)
    csl_type = models.CharField(max_length=30, default="report", help_text="CSL 1.0.2")
    bibtex_type = models.CharField(max_length=20, default="techreport")
    ris_type = models.CharField(max_length=6, default="RPRT")
    schema_type = models.CharField(max_length=30, default="Report", help_text="schema.org")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("publication type")
        verbose_name_plural = _("publication types")

    def __str__(self) -> str:
        return self.label


class Licence(models.Model):
    """What a reader may do with a document."""

    slug = models.CharField(max_length=40, unique=True, validators=[RegexValidator(r"^[a-z0-9.-]+$")])  # cc-by-4.0
    label = models.CharField(_("label"), max_length=100)
    url = models.URLField(blank=True)
    spdx = models.CharField("SPDX", max_length=40, blank=True)
    is_open = models.BooleanField(_("open licence"), default=False)
    keeps_copy = models.BooleanField(_("we may keep a copy"), default=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("licence")
        verbose_name_plural = _("licences")

    def __str__(self) -> str:
        return self.label


class Tag(TagBase):
    """A free word, never translated."""

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [models.UniqueConstraint(Lower("name"), name="tag_once_whatever_its_case")]


class Tagging(GenericTaggedItemBase):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")


class LoadedEntry(models.Model):
    """What a data file said of a term when it was last loaded: only what it says otherwise next time is changed,
    so that what staff have edited meanwhile stays."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    said = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="loaded_entry_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
