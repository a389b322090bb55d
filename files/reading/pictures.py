"""Pictures, decoded by Pillow and written anew: upright, in plain colours, without what a camera says about people."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from files.reading.facts import Facts, Preview, Refused

PREVIEW_WIDTH = 360
PREVIEW_HEIGHT = 720  # of a very tall page
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF")  # Pillow's other decoders stay shut
MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
# How we write what came as …; the rest, which keep every pixel or which browsers do not draw, become PNG.
WRITTEN_AS = {"JPEG": ("JPEG", "image/jpeg", ".jpg"), "WEBP": ("WEBP", "image/webp", ".webp")}
WRITTEN_AS["AVIF"] = WRITTEN_AS["WEBP"]
AS_PNG = ("PNG", "image/png", ".png")
PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
QUALITY = {"JPEG": {"quality": 88, "progressive": True}, "WEBP": {"quality": 88}, "PNG": {}}

Image.init()  # loads every decoder now, once, rather than in each process that opens a file
Image.MAX_IMAGE_PIXELS = None  # we ask ourselves, before any pixel is decoded


def recognises(head: bytes) -> bool:
    is_webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    is_avif = head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis")
    return head.startswith(MARKS) or is_webp or is_avif


def read(path: Path) -> Facts:
    with Image.open(path, formats=FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise Refused("picture_too_large")
        # A photograph may carry a second, smaller picture for the camera's own use; that one can go.
        if opened.format != "JPEG" and getattr(opened, "n_frames", 1) > 1:
            raise Refused("several_pictures")
        written_as, media_type, extension = WRITTEN_AS.get(opened.format or "", AS_PNG)
        image = _plain(opened, written_as)
    return Facts(
        kind="image",
        media_type=media_type,
        extension=extension,
        preview=preview_of(image),
        content=_written(image, written_as),
    )


def _plain(image: Image.Image, written_as: str) -> Image.Image:
    image.load()
    image = ImageOps.exif_transpose(image)
    image = _in_srgb(image)
    # Whatever else was said about the picture would be written along.
    image.info = {key: value for key, value in image.info.items() if key == "transparency"}
    if written_as == "PNG":
        return image if image.mode in PNG_MODES else image.convert("RGB")
    has_alpha = written_as == "WEBP" and image.has_transparency_data
    return image.convert("RGBA" if has_alpha else "RGB")


def _in_srgb(image: Image.Image) -> Image.Image:
    """A profile that cannot be read is left out, as browsers do."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    with suppress(ImageCms.PyCMSError, OSError, ValueError):
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "sRGB" not in ImageCms.getProfileDescription(source):
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    return image


def _written(image: Image.Image, written_as: str) -> bytes:
    out = BytesIO()
    image.save(out, written_as, **QUALITY[written_as])
    return out.getvalue()


def preview_of(image: Image.Image) -> Preview:
    """A small WebP on white paper."""
    image = image.copy()
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    image = image.convert("RGB")
    image.thumbnail((PREVIEW_WIDTH, PREVIEW_HEIGHT), Image.Resampling.LANCZOS)
    out = BytesIO()
    image.save(out, "WEBP", quality=62)
    return Preview(out.getvalue(), image.width, image.height)
