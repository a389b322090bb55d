"""Who may read the files that came with posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discussions.models import Attachment, Post, Unsent

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from files.models import StoredFile
    from members.models import User


def may_read(user: User | AnonymousUser, stored: StoredFile) -> bool:
    """Whoever may read a post it came with. With what is hidden or removed goes its file, too."""
    posts = Attachment.objects.filter(file=stored).values("post")
    return Post.objects.visible_to(user).filter(pk__in=posts).exists()


def may_read_unsent(user: User | AnonymousUser, stored: StoredFile) -> bool:
    """Whoever is about to send it."""
    return user.is_authenticated and Unsent.objects.filter(user=user, files=stored).exists()
