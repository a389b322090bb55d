"""Has files opened in a process of their own, and puts into words why one is refused."""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from files.reading import answers
from files.reading.facts import Facts, Refused

logger = logging.getLogger(__name__)
SOURCE = Path(__file__).resolve().parent.parent
SECONDS_EACH = 60  # twice what the process allows itself: reached only when the machine stands still

REFUSALS = {
    "empty": _("This file is empty. Choose another one."),
    "too_large": _("The file is %(size)s. The limit is %(limit)s. Reduce it or give us a link."),
    "locked": _("This file is locked with a password. Send a copy without one."),
    "broken": _("This file is damaged and cannot be opened. Save it again and send the new copy."),
    "slow": _("This file takes too much time or memory to open. Save it in a simpler form and send that."),
    "picture_too_large": _(
        "The picture has %(pixels)s million pixels. The limit is %(limit)s million. Make it smaller, or save it as a "
        "plain JPEG."
    ),
    "several_pictures": _("This file holds several pictures. Save it as a PDF or as a video."),
    "bomb": _("This file unpacks to far more than its size suggests, so we cannot take it."),
    "macros": _("This document contains macros. Save it without them, as docx, pptx or xlsx."),
    "old_office": _("This is an older Office format. Save it as docx, pptx or xlsx, or as a PDF."),
    "web": _("We cannot take web pages or SVG drawings, which may carry programs. Send a PDF or a picture."),
    "infected": _("The malware check found something harmful in this file, so we cannot take it."),
    "unknown": _(
        "We cannot take this kind of file. Send a PDF, a Word, PowerPoint, Excel or CSV file, a picture "
        "(JPEG, PNG, WebP), sound (MP3, M4A, OGG, WAV), a video (MP4, WebM) or captions (WebVTT)."
    ),
}


def inspect(path: Path) -> Facts:
    """What the file is. Raises ValidationError with one sentence for whoever sent it."""
    facts = inspect_many([path])[0]
    if isinstance(facts, Refused):
        raise refusal(facts.reason, **facts.numbers)
    return facts


def inspect_many(paths: Sequence[Path]) -> list[Facts | Refused]:
    """One process for many files, each of which may end badly by itself."""
    with tempfile.TemporaryFile(prefix="portal-") as answered:
        try:
            _run(paths, answered)
        except subprocess.SubprocessError:
            logger.exception("The process that opens files failed")
            return [Refused("slow") for _path in paths]
        answered.seek(0)
        return [_understood(path, *answers.read(answered)) for path in paths]


def _run(paths: Sequence[Path], answered: IO[bytes]) -> None:
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "files.reading", *map(str, paths)],
        cwd=SOURCE,
        env={},  # the secrets of our own environment are none of its business
        stdin=subprocess.DEVNULL,
        stdout=answered,
        stderr=subprocess.DEVNULL,
        timeout=SECONDS_EACH * len(paths),
        check=True,
    )


def refusal(reason: str, **words: object) -> ValidationError:
    return ValidationError(REFUSALS[reason], code=reason, params=words or None)


def _understood(path: Path, answer: Facts | Refused, detail: str) -> Facts | Refused:
    if isinstance(answer, Refused):
        logger.info("%s refused as %s. %s", path.name, answer.reason, detail)
    return answer
