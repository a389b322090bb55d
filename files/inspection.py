"""Has files opened in a process of their own, and puts into words why one is refused."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from files.reading.facts import Facts, Refused

logger = logging.getLogger(__name__)
SOURCE = Path(__file__).resolve().parent.parent
SECONDS_EACH = 60  # twice what the process allows itself: reached only when the machine stands still

REFUSALS = {
    "empty": _("This file is empty."),
    "too_large": _("This file is larger than %(max_size)s. Please send a smaller one, or a link to it."),
    "locked": _("This file is locked with a password. Please send a copy without one."),
    "broken": _("This file is damaged and cannot be opened. Please save it again and send the new copy."),
    "slow": _("This file takes too long to open. Please save it in a simpler form and send that."),
    "picture_too_large": _("This picture is too large. Please make it smaller than 40 million pixels."),
    "several_pictures": _("This file holds several pictures. Please save it as a PDF or as a video."),
    "bomb": _("This file unpacks to far more than its size suggests, so we cannot take it."),
    "macros": _("This document contains macros. Please save it without them, as docx, pptx or xlsx."),
    "old_office": _("This is an older Office format. Please save it as docx, pptx or xlsx, or as a PDF."),
    "web": _("We cannot take web pages or SVG drawings, which may carry programs. Please send a PDF or a picture."),
    "unknown": _(
        "We cannot take this kind of file. Please send a PDF, a Word, PowerPoint, Excel or CSV file, a picture "
        "(JPEG, PNG, WebP), sound (MP3, M4A, OGG, WAV), a video (MP4, WebM) or captions (WebVTT)."
    ),
}


def inspect(path: Path) -> Facts:
    """What the file is. Raises ValidationError with one sentence for whoever sent it."""
    facts = inspect_many([path])[0]
    if isinstance(facts, Refused):
        raise refusal(facts.reason)
    return facts


def inspect_many(paths: Sequence[Path]) -> list[Facts | Refused]:
    """One process for many files, each of which may end badly by itself."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "files.reading", *map(str, paths)],
            cwd=SOURCE,
            env={},  # the secrets of our own environment are none of its business
            capture_output=True,
            timeout=SECONDS_EACH * len(paths),
            check=True,
        )
    except subprocess.SubprocessError:
        logger.exception("The process that opens files failed")
        return [Refused("slow") for _path in paths]
    return [_understood(path, json.loads(line)) for path, line in zip(paths, done.stdout.splitlines(), strict=True)]


def refusal(reason: str, **words: str) -> ValidationError:
    return ValidationError(REFUSALS[reason], code=reason, params=words or None)


def _understood(path: Path, answer: dict) -> Facts | Refused:
    if reason := answer.get("refused"):
        logger.info("%s refused as %s. %s", path.name, reason, answer["detail"])
        return Refused(reason)
    return Facts.from_data(answer)
