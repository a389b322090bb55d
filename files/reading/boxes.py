"""MP4 and M4A: boxes in boxes (ISO/IEC 14496-12)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from files.reading.facts import Refused

MAX_MOVIE = 64_000_000  # the table of contents of a film of many hours
# Pictures share the container, and QuickTime's own films play in few browsers.
OTHER_BRANDS = (b"qt  ", b"heic", b"heix", b"mif1", b"msf1")


def read(path: Path) -> tuple[float | None, bool]:
    """Its length in seconds, and whether it has pictures."""
    with path.open("rb") as file:
        if file.read(12)[8:] in OTHER_BRANDS:
            raise Refused("unknown")
        movie = _movie(file, path.stat().st_size)
    has_video = has_audio = False
    seconds = None
    for name, body in _boxes(movie):
        if name == b"mvhd":
            seconds = _seconds(body)
        elif name == b"trak":
            handler = _handler(body)
            has_video, has_audio = has_video or handler == b"vide", has_audio or handler == b"soun"
    if not has_video and not has_audio:
        raise Refused("broken")
    return seconds, has_video


def _movie(file: BinaryIO, end: int) -> bytes:
    """The body of the outermost `moov`, which may stand before or after the film itself."""
    at = 0
    while at + 8 <= end:
        file.seek(at)
        header = file.read(16)
        size, name, begin = int.from_bytes(header[:4], "big"), header[4:8], 8
        if size == 1:
            size, begin = int.from_bytes(header[8:16], "big"), 16
        elif size == 0:
            size = end - at
        if size < begin:
            break
        if name == b"moov" and size <= MAX_MOVIE:
            file.seek(at + begin)
            return file.read(size - begin)
        at += size
    raise Refused("broken")


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size < 8:
            return
        yield data[at + 4 : at + 8], data[at + 8 : at + size]
        at += size


def _handler(track: bytes) -> bytes:
    for name, body in _boxes(track):
        if name == b"mdia":
            return next((inner[8:12] for kind, inner in _boxes(body) if kind == b"hdlr"), b"")
    return b""


def _seconds(header: bytes) -> float | None:
    """None where the length is not written, as in a film made to be streamed."""
    wide = header[:1] == b"\x01"
    at = 20 if wide else 12
    scale = int.from_bytes(header[at : at + 4], "big")
    duration = int.from_bytes(header[at + 4 : at + (12 if wide else 8)], "big")
    unknown = duration in (0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
    return None if unknown or not scale else duration / scale
