from __future__ import annotations

from typing import TYPE_CHECKING

from members.permissions import can_edit_records, is_editor, is_trusted

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User
    from publications.models import Publication


can_import = can_edit_records


def can_change(user: User | AnonymousUser, publication: Publication) -> bool:
    """Its owner, as long as it was not withdrawn."""
    return publication.owner_id == user.pk and publication.status != publication.Status.WITHDRAWN


def can_correct_at_once(user: User, publication: Publication) -> bool:
    """Editors, and owners whom we trust to publish."""
    return is_editor(user) or (publication.owner_id == user.pk and is_trusted(user))
