"""What the process that opens files says to ours: a line of JSON for each, then the bytes it speaks of.

Bytes go as they are. A picture of tens of megabytes, written as text, would stand in memory three times over.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, BinaryIO

from files.reading.facts import Facts, Preview, Refused

BYTES = ("preview", "content")
PLAIN = tuple(one.name for one in fields(Facts) if one.name not in BYTES)


def write(out: BinaryIO, facts: Facts) -> None:
    preview, content = facts.preview, facts.content
    data: dict[str, Any] = {name: getattr(facts, name) for name in PLAIN}
    data["preview"] = preview and [preview.width, preview.height, len(preview.content)]
    data["content"] = None if content is None else len(content)
    out.write(json.dumps(data, ensure_ascii=False).encode() + b"\n")
    out.write(preview.content if preview else b"")
    out.write(content or b"")


def write_refusal(out: BinaryIO, refused: Refused, detail: str = "") -> None:
    data = {"refused": refused.reason, "numbers": refused.numbers, "detail": detail[:500]}
    out.write(json.dumps(data).encode() + b"\n")


def read(source: BinaryIO) -> tuple[Facts | Refused, str]:
    """The next answer, and what only our log should know. Raises ValueError where there is none."""
    data = json.loads(source.readline())
    if reason := data.get("refused"):
        return Refused(reason, **data["numbers"]), data["detail"]
    preview, content = data.pop("preview"), data.pop("content")
    facts = Facts(**data)
    if preview:
        width, height, size = preview
        facts.preview = Preview(source.read(size), width, height)
    facts.content = None if content is None else source.read(content)
    return facts, ""
