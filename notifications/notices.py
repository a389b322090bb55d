"""What we tell people about the review of what they sent in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from content.models import Case, ReviewStep


def tell_of_step(step: ReviewStep, case: Case) -> None:
    """A letter to the member about what an editor did."""
