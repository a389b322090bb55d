"""Bytes to text. Reference files come in every encoding, and what they declare about it is often wrong."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN_MARKS = frozenset(b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\x9c\xa0\xa9\xab\xae\xb0\xba\xbb\xbf")
_ONE_BYTE = ["cp1252", "cp1250", "cp1251", "cp1256", "mac_roman", "cp850"]
_SAMPLE = 200_000  # bytes that the guess of a one-byte encoding looks at
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


def decode(data: bytes) -> tuple[str, str]:
    """The text with plain line ends, and the encoding it was in. Never fails: what is no letter becomes �."""
    encoding = _encoding(data)
    text = data.decode(encoding, errors="one-byte" if encoding == "utf-8" else "replace")
    return drop_control(text.replace("\r\n", "\n").replace("\r", "\n")), encoding.removesuffix("-sig")


def drop_control(text: str) -> str:
    """Characters no reader can see and no database wants, NUL above all; composed letters."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))


def _encoding(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if wide := _utf16_without_mark(data):
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _is_mostly_utf8(data) else _one_byte(data)
    return "utf-8"


def _utf16_without_mark(data: bytes) -> str:
    """Western text in UTF-16 has a NUL in every other place, and plain text has none."""
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) * 0.3:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_mostly_utf8(data: bytes) -> bool:
    """A long file with a few pasted bytes of another encoding is UTF-8 still."""
    good = bad = 0
    for match in re.finditer(rb"[\xc3-\xf4][\x80-\xbf]+|[\x80-\xff]", data):
        good, bad = (good + 1, bad) if len(match.group()) > 1 else (good, bad + 1)
    return good > bad


def _one_byte(data: bytes) -> str:
    """Windows-1252 when the bytes above 127 are few, and letters or marks of it; else the best guess.

    Short files with three accents give a guess too little to go by, and nearly all of them are Windows-1252.
    """
    high = [byte for byte in data[:_SAMPLE] if byte > 127]
    letters = sum(chr(byte).isalpha() for byte in data[:_SAMPLE])
    western = sum(byte >= 0xC0 or byte in _WESTERN_MARKS for byte in high)
    if len(high) < letters * 0.25 and western > len(high) * 0.8:
        return "cp1252"
    best = from_bytes(data[:_SAMPLE], cp_isolation=_ONE_BYTE).best()
    return best.encoding if best is not None else "cp1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("one-byte", _as_windows)
