"""Sound and film, told by their containers. Only the headers are read; nothing is decoded."""

from __future__ import annotations

from pathlib import Path

from files.reading import boxes, ebml, mpeg
from files.reading.facts import Facts, Refused

OGG_TAIL = 70_000  # one Ogg page, the last, is at most 65,307 bytes
OPUS_RATE = 48_000  # granules count at this rate whatever the sound's own (RFC 7845)
FLAC_HEAD, VORBIS_HEAD, OPUS_HEAD = b"\x7fFLAC", b"\x01vorbis", b"OpusHead"


def recognises(head: bytes) -> bool:
    is_wave = head[:4] == b"RIFF" and head[8:12] == b"WAVE"
    return is_wave or head[4:8] == b"ftyp" or head.startswith((b"OggS", ebml.MARK, b"ID3")) or mpeg.is_frame(head)


def read(path: Path) -> Facts:
    with path.open("rb") as file:
        head = file.read(12)
    if head[:4] == b"RIFF":
        return _audio("wav", _wave_seconds(path), extension=".wav")
    if head[:4] == b"OggS":
        return _audio("ogg", _ogg_seconds(path), extension=".ogg")
    if head[4:8] == b"ftyp":
        return _container("mp4", *boxes.read(path), audio_extension=".m4a")
    if head[:4] == ebml.MARK:
        return _container("webm", *ebml.read(path), audio_extension=".webm")
    return _audio("mpeg", mpeg.seconds(path), extension=".mp3")


def _audio(subtype: str, seconds: float | None, *, extension: str) -> Facts:
    length = None if seconds is None else max(1, round(seconds))
    return Facts(kind="audio", media_type=f"audio/{subtype}", extension=extension, seconds=length)


def _container(subtype: str, seconds: float | None, has_video: bool, *, audio_extension: str) -> Facts:
    facts = _audio(subtype, seconds, extension=audio_extension)
    if has_video:
        facts.kind, facts.media_type, facts.extension = "video", f"video/{subtype}", f".{subtype}"
    return facts


def _wave_seconds(path: Path) -> float:
    """Chunks of a name, a length and a body, padded to even bytes; `fmt ` names the bytes a second."""
    rate = 0
    with path.open("rb") as file:
        file.seek(12)
        while len(header := file.read(8)) == 8:
            size = int.from_bytes(header[4:], "little")
            if header[:4] == b"data" and rate:
                rest = path.stat().st_size - file.tell()
                return min(size, rest) / rate
            body = file.read(size + size % 2) if size < 10_000 else b""
            if header[:4] == b"fmt " and len(body) >= 12:
                rate = int.from_bytes(body[8:12], "little")
            elif not body:
                file.seek(size + size % 2, 1)
    raise Refused("broken")


def _ogg_seconds(path: Path) -> float:
    """The last page counts the samples (RFC 3533)."""
    with path.open("rb") as file:
        head = file.read(400)
        file.seek(max(0, path.stat().st_size - OGG_TAIL))
        tail = file.read()
    last = tail[tail.rfind(b"OggS") :]
    rate = _ogg_rate(head)
    if len(last) < 14 or not rate:
        raise Refused("broken")
    return int.from_bytes(last[6:14], "little") / rate


def _ogg_rate(head: bytes) -> int:
    packet = head[27 + head[26] :]  # after the first page's header and its table of lengths
    if packet.startswith(OPUS_HEAD):
        return OPUS_RATE
    if packet.startswith(VORBIS_HEAD):
        return int.from_bytes(packet[12:16], "little")
    if packet.startswith(FLAC_HEAD):
        return int.from_bytes(packet[27:30], "big") >> 4
    raise Refused("unknown")
