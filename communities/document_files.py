"""Who may read the files of a community's documents: whoever may read inside now, asked for every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communities.models import Document

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from files.models import StoredFile
    from members.models import User


def may_read(user: User | AnonymousUser, stored: StoredFile) -> bool:
    return Document.objects.kept_for(user).filter(versions__file=stored).exists()
