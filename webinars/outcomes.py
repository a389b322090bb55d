"""What organisers bring after a webinar: recordings, chapters, slides, sound, transcripts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from content.actors import acting
from files.models import StoredFile
from files.services import remove_file, store_file
from webinars import transcripts
from webinars.models import Chapter, Material, Minute, Recording
from webinars.services import touch

if TYPE_CHECKING:
    from django.core.files.base import File

    from members.models import User
    from webinars.models import Webinar

Kind = Material.Kind
MOST_FILES = 40  # of one webinar
READABLE = {  # what each kind of file may be
    Kind.SLIDES: (StoredFile.Kind.PDF, StoredFile.Kind.SLIDES),
    Kind.AUDIO: (StoredFile.Kind.AUDIO,),
    Kind.OTHER: (StoredFile.Kind.PDF, StoredFile.Kind.WORD, StoredFile.Kind.SLIDES, StoredFile.Kind.SHEET),
}


@acting
@transaction.atomic
def record(
    *, webinar: Webinar, language: str, link: str, seconds: int | None, chapters: Iterable[tuple[int, str]], by: User
) -> Recording:
    """Say where one language of it can be seen, in place of what was said before."""
    said = {"link": link, "file": None, "seconds": seconds, "by": by, "at": timezone.now()}
    made, _is_new = Recording.objects.update_or_create(webinar=webinar, language=language, defaults=said)
    made.chapters.all().delete()
    Chapter.objects.bulk_create(Chapter(recording=made, second=second, title=title) for second, title in chapters)
    _note_recorded(webinar)
    return made


@acting
@transaction.atomic
def remove_recording(*, recording: Recording, by: User) -> None:
    recording.delete()
    _note_recorded(recording.webinar)


def _note_recorded(webinar: Webinar) -> None:
    """Its state says whether there is a recording, and lists of many webinars ask for it."""
    first = webinar.recordings.order_by("at").values_list("at", flat=True).first()
    webinar.recorded_at = first
    webinar.save(update_fields=["recorded_at"])
    touch(webinar)


@acting
@transaction.atomic
def add_material(*, webinar: Webinar, kind: str, content: File, language: str, title: str, by: User) -> Material:
    """Keep a file. A transcript takes the place of the one there was in its language.

    Raises ValidationError with a sentence for whoever sent it.
    """
    if webinar.materials.count() >= MOST_FILES:
        raise ValidationError(_("A webinar keeps %(count)s files at most. Remove one first.") % {"count": MOST_FILES})
    if kind == Kind.TRANSCRIPT:
        return _add_transcript(webinar, content, language, title, by)
    stored = store_file(content=content, name=content.name or "file", language=language)
    if stored.kind not in READABLE[Kind(kind)]:
        remove_file(stored=stored)
        raise ValidationError(_refused(kind))
    position = webinar.materials.filter(kind=kind).count()
    made = Material.objects.create(
        webinar=webinar, kind=kind, language=language, title=title, file=stored, position=position, by=by
    )
    touch(webinar)
    return made


def _refused(kind: str) -> str:
    return {
        Kind.SLIDES: _("Slides are a PDF or a PowerPoint file"),
        Kind.AUDIO: _("Sound is an MP3, M4A, OGG or WAV file"),
    }.get(Kind(kind), _("This is a PDF, Word, PowerPoint or Excel file"))


def _add_transcript(webinar: Webinar, content: File, language: str, title: str, by: User) -> Material:
    transcript = transcripts.read(content.read())
    stored = store_file(content=ContentFile(transcript.captions), name=f"transcript-{language}.vtt", language=language)
    for before in webinar.materials.filter(kind=Kind.TRANSCRIPT, language=language):
        _drop(before)
    made = Material.objects.create(
        webinar=webinar, kind=Kind.TRANSCRIPT, language=language, title=title, file=stored, by=by
    )
    Minute.objects.bulk_create(
        Minute(material=made, number=number, text=text) for number, text in transcript.minutes.items()
    )
    touch(webinar)
    return made


@acting
@transaction.atomic
def remove_material(*, material: Material, by: User) -> None:
    _drop(material)
    touch(material.webinar)


def _drop(material: Material) -> None:
    """With its file, unless something else has it too."""
    stored = material.file
    material.delete()
    try:
        with transaction.atomic():
            remove_file(stored=stored)
    except ProtectedError:
        return
