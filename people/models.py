"""What members say of themselves, and what they write to each other."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.querysets import MessageQuerySet, ProfileQuerySet


class Profile(models.Model):
    class Listing(models.TextChoices):
        EVERYONE = "everyone", _("Everyone: also visitors and search engines")
        MEMBERS = "members", _("Members who have signed in")
        NOBODY = "nobody", _("Nobody: you are in no list, count or search")

    class Contact(models.TextChoices):
        MEMBERS = "members", _("Members")
        NOBODY = "nobody", _("Nobody")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="profile")
    handle = models.SlugField(max_length=80, unique=True, help_text=_("Part of the address. It never changes."))
    listing = models.CharField(_("who finds your profile"), max_length=8, choices=Listing, default=Listing.MEMBERS)
    contact = models.CharField(_("who may write to you"), max_length=7, choices=Contact, default=Contact.MEMBERS)
    visibility = models.JSONField(default=dict, blank=True)  # field → Visibility; what is missing has the default
    photo = models.ForeignKey("files.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.CharField(_("what you do"), max_length=160, blank=True)
    biography = models.TextField(_("about you"), max_length=3000, blank=True)
    country = models.ForeignKey("taxonomy.Country", models.SET_NULL, null=True, blank=True, related_name="+")
    topics = models.ManyToManyField("taxonomy.Topic", blank=True, related_name="profiles", verbose_name=_("topics"))
    experience = models.ManyToManyField("taxonomy.Country", blank=True, related_name="+")
    languages = models.JSONField(_("languages you speak"), default=list, blank=True)  # ISO 639-1
    orcid = models.CharField("ORCID", max_length=19, blank=True)
    links = models.JSONField(_("links"), default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        indexes = [models.Index(fields=["listing"], name="profile_by_listing")]

    def __str__(self) -> str:
        return self.user.display_name or self.handle

    def get_absolute_url(self) -> str:
        return reverse("people:detail", args=[self.handle])


class Block(models.Model):
    """Two people who do not meet here. The blocked one is told nothing."""

    blocker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="blocked_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="nobody_blocks_themselves"),
        ]


class Message(models.Model):
    """One member wrote to another, through the portal: neither learns an address."""

    thread = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")  # the first one
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="sent_messages")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="got_messages")
    subject = models.CharField(_("subject"), max_length=120)
    text = models.TextField(_("message"), max_length=2000)
    sent_at = models.DateTimeField(auto_now_add=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [models.Index(fields=["sender", "sent_at"], name="message_of_sender")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("people:message", args=[self.thread_id or self.pk])


class Report(models.Model):
    """A member tells staff that something is wrong with somebody, or with a message of theirs."""

    class Reason(models.TextChoices):
        SPAM = "spam", _("Advertising or repeated messages")
        RUDE = "rude", _("Insults, threats or harassment")
        FALSE = "false", _("Not the person they say they are")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        FINE = "fine", _("Nothing to do")
        ACTED = "acted", _("We acted on it")
        CLOSED = "closed", _("The account was closed")

    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports_made")
    reported = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reports_about")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="reports")
    reason = models.CharField(_("what is wrong"), max_length=5, choices=Reason)
    text = models.TextField(_("what happened"), max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(_("decision"), max_length=6, choices=Outcome, blank=True)
    note = models.TextField(_("reason for the decision"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [models.Index(fields=["outcome", "created_at"], name="report_oldest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | (Q(decided_at__isnull=False) & ~Q(note="")), name="report_decided_with_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {self.created_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("people:report_detail", args=[self.pk])
