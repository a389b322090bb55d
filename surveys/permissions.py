"""Who answers, and who sees what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.permissions import is_editor, is_member
from surveys.models import Survey

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User


def can_answer(user: User | AnonymousUser, survey: Survey) -> bool:
    """On the survey's own page: those who are invited answer behind their personal link."""
    return bool(is_member(user)) and survey.is_open and survey.audience == Survey.Audience.MEMBERS


def can_see_results(user: User | AnonymousUser, survey: Survey, *, has_answered: bool) -> bool:
    if is_editor(user):
        return True
    return survey.results == Survey.Results.VOTERS and (has_answered or survey.is_closed)


can_export = is_editor
