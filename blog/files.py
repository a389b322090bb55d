"""Who may see a picture of the blog: whoever may read its post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blog.models import BlogPost

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from files.models import StoredFile
    from members.models import User


def may_read(user: User | AnonymousUser, stored: StoredFile) -> bool:
    """Withdrawing a post withdraws its pictures; staff still see why."""
    posts = BlogPost.objects.visible_to(user).filter(images__file=stored)
    return (posts if user.is_staff else posts.exclude(status=BlogPost.Status.WITHDRAWN)).exists()
