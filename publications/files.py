"""Who may read the files of publications, and that their downloads are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from content import counting
from publications.models import Draft, Publication

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from files.models import StoredFile
    from members.models import User
    from publications.querysets import PublicationQuerySet


def _publications(user: User | AnonymousUser, stored: StoredFile) -> PublicationQuerySet:
    """Those the file belongs to, as any version. Withdrawing a publication withdraws its files; staff still see why."""
    publications = Publication.objects.visible_to(user).filter(documents__file=stored)
    return publications if user.is_staff else publications.exclude(status=Publication.Status.WITHDRAWN)


def may_read(user: User | AnonymousUser, stored: StoredFile) -> bool:
    return _publications(user, stored).exists()


def may_read_draft(user: User | AnonymousUser, stored: StoredFile) -> bool:
    """Whoever prepares it; the editors once it was sent to them."""
    drafts = Draft.objects.filter(file=stored)
    if user.is_staff:
        return drafts.filter(Q(owner=user) | Q(sent_at__isnull=False)).exists()
    return drafts.visible_to(user).exists()


def count_download(request: HttpRequest, stored: StoredFile) -> None:
    for publication_id in _publications(request.user, stored).published().values_list("pk", flat=True).distinct():
        counting.count_download(request, "publication", publication_id)
