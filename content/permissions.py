"""Who may decide what members send in, and who follows the conversation about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.permissions import add_perm
from rules.predicates import predicate

from members.permissions import is_editor

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from content.models import Case
    from members.models import User


def can_decide(user: User | AnonymousUser, case: Case) -> bool:
    """Editors decide, but never on what they sent in themselves."""
    return is_editor(user) and user.pk != case.opened_by_id


add_perm("content.see_inbox", is_editor)
add_perm("content.decide_case", predicate(can_decide))
