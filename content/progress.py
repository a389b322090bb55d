"""A line in the terminal that tells how far a long command is."""

from __future__ import annotations

import time
from typing import Self, TextIO

WIDTH = 30
EVERY = 0.1  # seconds between two drawings


class Progress:
    """Draws where somebody watches; where output goes to a file it stays silent."""

    def __init__(self, stream: TextIO, label: str, total: int) -> None:
        self.stream, self.label, self.total = stream, label, total
        self.done = 0
        self.drawn_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.done and self.stream.isatty():
            self._draw()
            self.stream.write("\n")

    def tick(self, _name: str = "", count: int = 1) -> None:
        self.done += count
        if self.stream.isatty() and time.monotonic() - self.drawn_at > EVERY:
            self._draw()

    def _draw(self) -> None:
        filled = int(WIDTH * min(1.0, self.done / max(1, self.total)))
        bar = "█" * filled + "░" * (WIDTH - filled)
        self.stream.write(f"\r{self.label} {bar} {self.done}/{max(self.total, self.done)}")
        self.stream.flush()
        self.drawn_at = time.monotonic()
