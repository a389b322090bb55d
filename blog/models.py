"""The blog: posts, the series they stand in, who wrote them, their pictures, and what they are about."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blog.querysets import BlogPostQuerySet, SeriesQuerySet
from content.models import About, Classified, Entry


class Blog(models.Model):
    """The blog as a whole: one row, in whose name comments are moderated. See `blog.comments.the_blog`."""

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blog")


class BlogSeries(models.Model):
    """Posts that are read in an order, such as what ambassadors write from their countries."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), max_length=1000, blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("series of the blog")
        verbose_name_plural = _("series of the blog")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("blog:series", args=[self.slug])


class BlogPost(Classified, Entry):
    class Kind(models.TextChoices):
        """The values are those of the filter by type, where they stand beside types of publications."""

        ARTICLE = "blog-article", _("Article")
        SUMMARY = "webinar-summary", _("Webinar summary")
        OP_ED = "op-ed", _("Op-ed")
        NEWS = "news-item", pgettext_lazy("a post of the blog", "News")

    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), max_length=600, blank=True)  # a sentence or two, in lists
    body = models.TextField(_("text"), max_length=60_000, blank=True)  # Markdown
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.ARTICLE)
    series = models.ForeignKey(
        BlogSeries, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("series")
    )
    series_number = models.PositiveSmallIntegerField(_("number in the series"), null=True, blank=True)
    # Its comments: a discussion of its own, or one of a community that goes on with it.
    thread = models.ForeignKey(
        "discussions.Thread", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    # The words that whoever sent it in agreed to; what editors change needs their word again (blog.pieces).
    agreed = models.JSONField(default=dict, editable=False)

    RESERVED_SLUGS = ("feed", "values", "series", "submit")

    objects = BlogPostQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("blog post")
        verbose_name_plural = _("blog posts")
        indexes = [models.Index(fields=["status", "-published_at"], name="blogpost_newest")]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(series=None, series_number=None) | Q(series__isnull=False, series_number__isnull=False),
                name="blogpost_in_a_series_has_a_number",
            ),
            models.UniqueConstraint(fields=["series", "series_number"], name="blogpost_number_once_in_a_series"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("blog:detail", args=[self.slug])

    @property
    def dated_on(self) -> date | None:
        return self.published_at.date() if self.published_at else None


class BlogAuthor(models.Model):
    """Who is named above a post, in order: a member, or a guest by name."""

    class Credit(models.TextChoices):
        AUTHOR = "author", pgettext_lazy("credit", "Author")
        AMBASSADOR = "ambassador", pgettext_lazy("credit", "Ambassador")
        PANELLIST = "panellist", pgettext_lazy("credit", "Panellist")
        MODERATOR = "moderator", pgettext_lazy("credit", "Moderation")
        TRANSLATOR = "translator", pgettext_lazy("credit", "Translation")
        EDITOR = "editor", pgettext_lazy("credit", "Editing")
        PHOTO = "photo", pgettext_lazy("credit", "Photos")

    post = models.ForeignKey(BlogPost, models.CASCADE, related_name="authors")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="blog_credits",
        verbose_name=_("member"),
    )
    name = models.CharField(_("name of a guest"), max_length=120, blank=True)
    affiliation = models.CharField(_("where the guest works"), max_length=160, blank=True)
    credit = models.CharField(_("credit"), max_length=10, choices=Credit, default=Credit.AUTHOR)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="") | (Q(user=None) & ~Q(name="")),
                name="blogauthor_is_a_member_or_a_guest",
                violation_error_message=_("Choose a member, or write the name of a guest: one of the two."),
            ),
            models.UniqueConstraint(fields=["post", "user", "credit"], name="blogauthor_once"),
        ]

    def __str__(self) -> str:
        return str(self.user or self.name)


def _says(column: str) -> Q:
    """Of a column that may be NULL: a check that comes to NULL would let it pass."""
    return Q(**{f"{column}__isnull": False}) & ~Q(**{column: ""})


class BlogImage(models.Model):
    """A picture of a post. Without credit, licence and words for those who do not see it, there is none."""

    post = models.ForeignKey(BlogPost, models.CASCADE, related_name="images")
    position = models.PositiveSmallIntegerField(_("position"), default=0)  # 0 stands above the text
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="blog_images")
    credit = models.CharField(_("credit"), max_length=200)
    licence = models.ForeignKey("taxonomy.Licence", models.PROTECT, related_name="+", verbose_name=_("licence"))
    alt = models.CharField(_("what it shows, for those who do not see it"), max_length=300)
    caption = models.CharField(_("caption"), max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(condition=~Q(credit=""), name="blogimage_has_a_credit"),
            models.CheckConstraint(
                condition=_says("alt_en") | _says("alt_fr") | _says("alt_es"), name="blogimage_says_what_it_shows"
            ),
        ]

    def __str__(self) -> str:
        return self.credit


class BlogLink(About):
    """A record of the portal that a post is about: a publication, a webinar, a community."""

    post = models.ForeignKey(BlogPost, models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="bloglink_of_record")]
        constraints = [models.UniqueConstraint(fields=["post", "content_type", "object_id"], name="bloglink_once")]

    def __str__(self) -> str:
        return str(self.record or self.object_id)


class Remark(models.Model):
    """What an editor says about one paragraph of what a member sent in. Its member reads it in place."""

    post = models.ForeignKey(BlogPost, models.CASCADE, related_name="remarks")
    paragraph = models.TextField()  # as it stood: a remark on words that were changed says so
    text = models.TextField(_("remark"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")


class DayCount(models.Model):
    """How often a post was read on a day, by people outside the team, for what is read most."""

    post = models.ForeignKey(BlogPost, models.CASCADE, related_name="day_counts")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "day"], name="blogpost_counted_by_day")]
        indexes = [models.Index(fields=["day"], name="blogpost_views_of_days")]
