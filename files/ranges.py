"""Parts of a file (RFC 9110, section 14): what a cut download asks for to go on where it stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.core.files.base import File
from django.http import HttpRequest
from django.utils.http import parse_http_date_safe

CHUNK = 64 * 1024
ONE_RANGE = re.compile(r"bytes[ \t]*=[ \t]*(\d{0,18})-(\d{0,18})[ \t]*", re.I | re.A)


class Unsatisfiable(Exception):
    """The part asked for lies behind the end: answered 416."""


def wanted(request: HttpRequest, *, size: int, etag: str, modified: datetime) -> range | None:
    """The bytes asked for; None is the whole file, which also answers several ranges and what makes no sense.

    Raises Unsatisfiable.
    """
    match = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not match or not any(match.groups()) or not _is_unchanged(request, etag, modified):
        return None
    first, last = match.groups()
    if not first:  # the last so many bytes
        begin, end = max(0, size - int(last)), size
    else:
        begin, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < begin:
            return None
    if begin >= size or begin >= end:
        raise Unsatisfiable
    return range(begin, end)


def _is_unchanged(request: HttpRequest, etag: str, modified: datetime) -> bool:
    """If-Range: a part is of use only to whoever has the rest of the same file. Compared strongly, so no W/."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition or condition.startswith('"'):
        return not condition or condition == etag
    return parse_http_date_safe(condition) == int(modified.timestamp())


class Part:
    """Streams some bytes of an open file in chunks, and closes it even when nobody reads to the end."""

    def __init__(self, file: File, part: range) -> None:
        self.file = file
        self.part = part

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.part.start)
        left = len(self.part)
        while left and (chunk := self.file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self.file.close()


def is_beginning(request: HttpRequest) -> bool:
    """False for a part that goes on where another stopped."""
    match = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    return match is None or (match[1].isdecimal() and int(match[1]) == 0)
