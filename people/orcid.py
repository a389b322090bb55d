"""ORCID iDs as people type or paste them (https://support.orcid.org, “Structure of the ORCID Identifier”)."""

from __future__ import annotations

import re

_TYPED = re.compile(r"(?:https?://orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])/?", re.I)


def in_groups(typed: str) -> str:
    """Sixteen figures in four groups, the last of which may be an X; "" for anything else."""
    found = _TYPED.fullmatch(typed)
    return "-".join(found.groups()).upper() if found else ""


def is_right(orcid: str) -> bool:
    """Whether the last figure follows from the fifteen before it, so that a mistyped one is noticed."""
    figures = orcid.replace("-", "")
    return figures[-1] == _check(figures[:15])


def _check(figures: str) -> str:
    """ISO 7064, MOD 11-2."""
    total = 0
    for figure in figures:
        total = (total + int(figure)) * 2
    check = (12 - total % 11) % 11
    return "X" if check == 10 else str(check)
