"""Figures drawn on the server: SVG in the colours of the stylesheet, readable without colour and without script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

TONES = ("c1", "c2", "c3", "c0", "c4")
ROUND = "a8 8 0 1 0 16 0a8 8 0 1 0-16 0"  # a dot of radius 8, from its left edge


@dataclass(frozen=True)
class Share:
    """One part of a hundred."""

    label: str
    dots: int
    tone: str


def shares(counts: Sequence[tuple[str, int]]) -> list[Share]:
    """Counts as parts of a hundred that add up, by largest remainder; five parts at most, in their order."""
    total = sum(count for _, count in counts)
    if not total:
        return []
    exact = [100 * count / total for _, count in counts]
    dots = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: dots[place] - exact[place])
    for place in by_remainder[: 100 - sum(dots)]:
        dots[place] += 1
    return [Share(label, number, tone) for (label, _), number, tone in zip(counts, dots, TONES, strict=False)]


@register.simple_tag
def hundred_dots(parts: Sequence[Share]) -> SafeString:
    """Ten rows of ten dots, filled from the floor up."""
    drawn, place = [], 0
    for part in parts:
        spots = range(place, place + part.dots)
        path = "".join(f"M{2 + spot % 10 * 20} {190 - spot // 10 * 20}{ROUND}" for spot in spots)
        drawn.append(f'<path class="{part.tone}" d="{path}"/>')
        place += part.dots
    return mark_safe("".join(drawn))  # noqa: S308  (numbers and our own class names)
