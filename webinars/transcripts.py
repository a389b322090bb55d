"""Captions as they come out of meeting tools, made one kind: WebVTT (W3C), and the words of each minute."""

from __future__ import annotations

import html
import io
import re
from collections import defaultdict
from dataclasses import dataclass

import webvtt
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from webvtt.errors import MalformedCaptionError, MalformedFileError

from publications.importing.decoding import decode

LARGEST = 5_000_000  # bytes: four times what a day of speech takes
LONGEST = 24 * 3600  # seconds
FORMATS = ("vtt", "srt", "sbv")
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|\{\\[^{}]{0,200}\}")  # HTML as SRT has it, and marks of subtitle editors
SPEAKER = re.compile(r"<v[.\w]*\s+([^<>]{1,120})>")  # WebVTT's voice


@dataclass(frozen=True)
class Transcript:
    captions: bytes  # WebVTT, in UTF-8
    minutes: dict[int, str]  # what was said in each, from 0; those in which nobody spoke are left out


def read(content: bytes) -> Transcript:
    """Of a file in WebVTT, SubRip or SubViewer, in any encoding. Raises ValidationError with a sentence."""
    if len(content) > LARGEST:
        raise ValidationError(_("A transcript is smaller than this file: choose the one with the captions"))
    text, _encoding = decode(content)
    found = _captions(text)
    spoken: dict[int, list[str]] = defaultdict(list)
    last = ""
    for caption in found:
        said = _words(caption)
        if said and said != last and caption.start_in_seconds < LONGEST:  # live captions repeat the line before
            spoken[caption.start_in_seconds // 60].append(said)
        last = said
    if not spoken:
        raise ValidationError(_("We find no spoken words with times in this file. It should be a VTT or SRT file."))
    captions = webvtt.WebVTT(captions=found).content.encode()
    return Transcript(captions, {minute: " ".join(words) for minute, words in sorted(spoken.items())})


def _captions(text: str) -> list[webvtt.Caption]:
    """As the format that finds most: what a file calls itself is often wrong."""
    found: list[webvtt.Caption] = []
    for form in FORMATS:
        try:
            captions = webvtt.from_buffer(io.StringIO(text), format=form).captions
        except (MalformedFileError, MalformedCaptionError):
            continue
        found = max(found, captions, key=len)
    return found


def _words(caption: webvtt.Caption) -> str:
    """In one line, with whoever speaks where the file says so."""
    speaker = SPEAKER.search(caption.raw_text)
    said = " ".join(html.unescape(TAG.sub("", caption.text)).split())
    return f"{speaker[1].strip()}: {said}" if speaker and said else said
