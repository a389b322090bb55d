"""MP3: frames in a row (ISO/IEC 11172-3, 13818-3), after a tag that may hold anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from files.reading.facts import Refused

FRAMES_IN_A_ROW = 3  # by chance two bytes often look like the start of one
SEARCHED = 200_000  # some tags are followed by padding
VERSION_1, VERSION_2, VERSION_25 = 3, 2, 0
RATES = {VERSION_1: (44100, 48000, 32000), VERSION_2: (22050, 24000, 16000), VERSION_25: (11025, 12000, 8000)}
KILOBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
KILOBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


@dataclass(frozen=True)
class Frame:
    length: int
    bits_per_second: int
    samples: int
    rate: int


def frame_at(data: bytes, at: int) -> Frame | None:
    """The layer III frame whose header stands here, if one does."""
    header = int.from_bytes(data[at : at + 4], "big")
    version, layer = header >> 19 & 3, header >> 17 & 3
    kilobits, rate = header >> 12 & 15, header >> 10 & 3
    if header >> 21 != 0x7FF or version not in RATES or layer != 1 or kilobits in (0, 15) or rate == 3:
        return None
    is_first = version == VERSION_1
    bits = 1000 * (KILOBITS_1 if is_first else KILOBITS_2)[kilobits]
    hertz, samples = RATES[version][rate], 1152 if is_first else 576
    return Frame(samples // 8 * bits // hertz + (header >> 9 & 1), bits, samples, hertz)


def is_frame(data: bytes, at: int = 0) -> bool:
    """Several frames one after another, as far as the data reach."""
    for _ in range(FRAMES_IN_A_ROW):
        frame = frame_at(data, at)
        if frame is None:
            return False
        at += frame.length
        if at + 4 > len(data):
            return True
    return True


def seconds(path: Path) -> float:
    with path.open("rb") as file:
        begin = _after_tag(file.read(10))
        file.seek(begin)
        data = file.read(SEARCHED)
    at = next((at for at in range(len(data) - 4) if data[at] == 0xFF and is_frame(data, at)), None)
    first = None if at is None else frame_at(data, at)
    if at is None or first is None:
        raise Refused("broken")
    counted = _counted_frames(data[at : at + first.length])
    if counted:
        return counted * first.samples / first.rate
    return (path.stat().st_size - begin - at) * 8 / first.bits_per_second


def _after_tag(head: bytes) -> int:
    """Length of an ID3v2 tag: four bytes of seven bits."""
    if head[:3] != b"ID3":
        return 0
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _counted_frames(frame: bytes) -> int:
    """Encoders of varying rates leave a note in a silent first frame: how many frames there are."""
    for mark in (b"Xing", b"Info"):
        at = frame.find(mark, 0, 64)
        if at >= 0 and frame[at + 7 : at + 8] and frame[at + 7] & 1:
            return int.from_bytes(frame[at + 8 : at + 12], "big")
    at = frame.find(b"VBRI", 0, 64)
    return int.from_bytes(frame[at + 14 : at + 18], "big") if at >= 0 else 0
