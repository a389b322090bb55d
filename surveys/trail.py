"""What the audit trail keeps of surveys: how they were made and changed. Never what was answered."""

from __future__ import annotations

from content import trail
from surveys.models import Option, Question, Survey


def sign_up() -> None:
    for model in (Survey, Question, Option):
        trail.keep(model)
