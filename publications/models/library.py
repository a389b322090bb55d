"""The library: what was published, by whom, in which files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Right, Substr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content import wording
from content.models import Classified, Entry
from publications.querysets import DocumentQuerySet, PublicationQuerySet
from publications.titles import KEY_LENGTH

# Half of a title's key, give or take: of two titles that differ in one letter, one half is the same.
HALF = Length("key") / 8 * 4


class Series(models.Model):
    """A numbered run of publications, such as Policy in Focus."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    organisation = models.ForeignKey(
        "stakeholders.Organisation", models.PROTECT, null=True, blank=True, verbose_name=_("organisation")
    )

    class Meta:
        ordering = ["slug"]
        verbose_name = _("series")
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return self.title


class Publication(Classified, Entry):
    class Provenance(models.TextChoices):
        STAFF = "staff", _("Editors of the portal")
        MEMBER = "member", _("Member")
        AMBASSADOR = "ambassador", _("Ambassador")
        IMPORTED = "imported", _("Imported")

    title = models.TextField(_("title"))
    abstract = models.TextField(_("abstract"), blank=True)
    type = models.ForeignKey(
        "taxonomy.PublicationType", models.PROTECT, related_name="publications", verbose_name=_("type")
    )
    languages = models.JSONField(_("languages of the document"), default=list, help_text='["en", "fr"]')
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    organisations = models.ManyToManyField(
        "stakeholders.Organisation", through="Publisher", related_name="publications", verbose_name=_("organisations")
    )
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="publications", verbose_name=_("series")
    )
    series_number = models.CharField(_("number in the series"), max_length=40, blank=True)
    journal = models.CharField(_("journal or book it appeared in"), max_length=300, blank=True)
    related = models.ManyToManyField("self", blank=True, verbose_name=_("related publications"))
    doi = models.CharField("DOI", max_length=200, blank=True, db_index=True)
    isbn = models.CharField("ISBN", max_length=20, blank=True, db_index=True)
    handle = models.CharField("Handle", max_length=200, blank=True)
    licence = models.ForeignKey(
        "taxonomy.Licence", models.PROTECT, related_name="publications", verbose_name=_("licence")
    )
    link = models.URLField(_("link to the original"), max_length=500, blank=True)
    provenance = models.CharField(_("shared by"), max_length=10, choices=Provenance, default=Provenance.STAFF)
    shows_owner = models.BooleanField(_("the member agrees to be named"), default=False)
    source = models.CharField(_("source of the import"), max_length=120, blank=True)
    source_record = models.CharField(_("record in the source"), max_length=200, blank=True)

    RESERVED_SLUGS = ("feed", "upload", "values")

    objects = PublicationQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        indexes = [models.Index(fields=["status", "-published_at"], name="publication_newest")]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(year__isnull=False) | Q(month__isnull=True), name="month_needs_a_year"),
            models.CheckConstraint(condition=Q(month__isnull=False) | Q(day__isnull=True), name="day_needs_a_month"),
            models.UniqueConstraint(
                fields=["source", "source_record"], condition=~Q(source_record=""), name="imported_once_per_source"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publications:detail", args=[self.slug])

    @property
    def dated(self) -> str:
        return wording.day_of(self.year, self.month, self.day) if self.year else ""

    @property
    def publisher_names(self) -> list[str]:
        return [publisher.organisation.short_name for publisher in self.publishers.all()]

    @property
    def current_documents(self) -> list[Document]:
        """What a reader may take: no replaced versions, and captions only inside their player."""
        return [d for d in self.documents.all() if d.replaced_on is None and d.file.kind != "vtt"]

    @property
    def captions(self) -> list[Document]:
        return [d for d in self.documents.all() if d.replaced_on is None and d.file.kind == "vtt"]

    @property
    def replaced_documents(self) -> list[Document]:
        return [d for d in self.documents.all() if d.replaced_on is not None]

    def document_for(self, language: str) -> Document | None:
        """The document to offer first: in the reader's language where there is one."""
        documents = self.current_documents
        return next((d for d in documents if d.file.language == language), documents[0] if documents else None)


class TitleKey(models.Model):
    """A title of a publication, in whatever language, folded: to find duplicates (`publications.titles`)."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="title_keys")
    key = models.CharField(max_length=KEY_LENGTH)
    start = models.GeneratedField(
        expression=Substr("key", 1, HALF), output_field=models.CharField(max_length=KEY_LENGTH // 2), db_persist=True
    )
    end = models.GeneratedField(
        expression=Right("key", HALF), output_field=models.CharField(max_length=KEY_LENGTH // 2), db_persist=True
    )

    class Meta:
        indexes = [models.Index(fields=[part], name=f"title_by_{part}") for part in ("key", "start", "end")]


class Author(models.Model):
    """A person who wrote it, in the order of the title page."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="authors")
    position = models.PositiveSmallIntegerField(default=0)
    family = models.CharField(_("family name"), max_length=120)
    given = models.CharField(_("given names"), max_length=120, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


class Publisher(models.Model):
    """An organisation that published it, in the order of the title page."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="publishers")
    organisation = models.ForeignKey("stakeholders.Organisation", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")
        constraints = [
            models.UniqueConstraint(fields=["publication", "organisation"], name="publisher_once_per_publication")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Document(models.Model):
    """A file of a publication. A newer version replaces it under the same address."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="documents")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="documents", verbose_name=_("file"))
    title = models.CharField(_("what it is, if not the document itself"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    added_on = models.DateField(_("added"), auto_now_add=True)
    replaced_on = models.DateField(_("replaced"), null=True, blank=True)
    note = models.CharField(_("what changed"), max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "-version", "pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title or str(self.file)
