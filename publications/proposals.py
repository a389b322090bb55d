"""How a document of a community and what it became in the library know of each other."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Proposal(models.Model):
    """A document of a community on its way into the library: as a draft, and once that was sent as a publication."""

    document = models.OneToOneField("communities.Document", models.CASCADE, related_name="proposal")
    draft = models.OneToOneField("publications.Draft", models.CASCADE, null=True, related_name="proposal")
    publication = models.ForeignKey("publications.Publication", models.CASCADE, null=True, related_name="proposals")
    shelved_at = models.DateTimeField(null=True)  # put on the community's shelf once, whatever members do there then

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=False, publication=None) | Q(draft=None, publication__isnull=False),
                name="proposal_is_a_draft_or_a_publication",
            )
        ]
