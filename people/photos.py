"""A photo as a small square. The picture as sent is never kept."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from files.inspection import inspect
from files.models import StoredFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

SIDE = 192  # pixels: twice what the page gives it, for sharp screens; the preview we show stays under 10 KB
MOST_BYTES = 10 * 1024 * 1024


def squared(photo: UploadedFile) -> bytes:
    """The middle of a picture as WebP. Raises ValidationError with one sentence for what is no picture.

    Opened and written anew in the bounded process of `files` first: only what that wrote is decoded here.
    """
    if (photo.size or 0) > MOST_BYTES:
        message = _("The photo is larger than %(limit)s. Choose a smaller one.")
        raise ValidationError(message % {"limit": filesizeformat(MOST_BYTES)})
    with tempfile.NamedTemporaryFile(prefix="portal-") as copy:
        for chunk in photo.chunks():
            copy.write(chunk)
        copy.flush()
        facts = inspect(Path(copy.name))
    if facts.kind != StoredFile.Kind.IMAGE or facts.content is None:
        raise ValidationError(_("This is not a picture. Choose a photo in JPEG, PNG or WebP."))
    with Image.open(BytesIO(facts.content)) as image:
        square = ImageOps.fit(image.convert("RGB"), (SIDE, SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    square.save(out, "WEBP", quality=80)
    return out.getvalue()
