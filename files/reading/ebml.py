"""WebM: elements in elements (RFC 8794, RFC 9559)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from files.reading.facts import Refused

MARK = b"\x1a\x45\xdf\xa3"
SEARCHED = 2_000_000  # what describes the film stands before it
DOC_TYPE, SEGMENT, INFO, TRACKS, CLUSTER = 0x4282, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
TIME_SCALE, DURATION, TRACK, TRACK_TYPE = 0x2AD7B1, 0x4489, 0xAE, 0x83
NANOSECONDS = 1_000_000_000
VIDEO, AUDIO = 1, 2


def read(path: Path) -> tuple[float | None, bool]:
    """Its length in seconds where it is written, and whether it has pictures."""
    with path.open("rb") as file:
        data = file.read(SEARCHED)
    outer = dict(_elements(data))
    if dict(_elements(outer.get(int.from_bytes(MARK, "big"), b""))).get(DOC_TYPE, b"").rstrip(b"\0") != b"webm":
        raise Refused("unknown")
    segment = dict(_elements(outer.get(SEGMENT, b"")))
    types = {
        int.from_bytes(dict(_elements(track)).get(TRACK_TYPE, b""), "big")
        for name, track in _elements(segment.get(TRACKS, b""))
        if name == TRACK
    }
    if not types & {VIDEO, AUDIO}:
        raise Refused("broken")
    return _seconds(dict(_elements(segment.get(INFO, b"")))), VIDEO in types


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        name, at = _number(data, at, keep_mark=True)
        size, at = _number(data, at, keep_mark=False)
        if at < 0 or name == CLUSTER:
            return
        yield name, data[at : at + size]
        at += size


def _number(data: bytes, at: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number whose first byte tells its length by its zeros in front. All ones: as long as there are bytes."""
    if not 0 <= at < len(data) or not data[at]:
        return 0, -1
    length = 9 - data[at].bit_length()
    value = int.from_bytes(data[at : at + length], "big")
    ones = (1 << 7 * length) - 1
    if not keep_mark:
        value &= ones
        value = len(data) if value == ones else value
    return value, at + length


def _seconds(info: dict[int, bytes]) -> float | None:
    raw = info.get(DURATION, b"")
    if len(raw) not in (4, 8):
        return None
    duration = struct.unpack(">f" if len(raw) == 4 else ">d", raw)[0]
    scale = int.from_bytes(info.get(TIME_SCALE, b""), "big") or 1_000_000
    seconds = duration * scale / NANOSECONDS
    return seconds if 0 < seconds < 1_000_000 else None
