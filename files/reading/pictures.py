"""Pictures, decoded by Pillow and written anew: upright, in plain colours, without what a camera says about people."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from files.reading.facts import Facts, Preview, Refused

PREVIEW_WIDTH = 360
PREVIEW_HEIGHT = 720  # of a very tall page
# Decoded, a pixel takes four bytes and each step of the work a copy: more than these would not fit the process.
MAX_PIXELS = 16_000_000
MAX_OF_FORMAT = {"JPEG": 250_000_000, "MPO": 250_000_000, "WEBP": 6_000_000, "AVIF": 6_000_000}
MAX_PROGRESSIVE = 25_000_000
KEPT_PIXELS = 12_500_000  # of a photograph, which JPEG can decode at a half, a quarter or an eighth of its size
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF")  # Pillow's other decoders stay shut
MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
# How we write what came as …; the rest, which keep every pixel or which browsers do not draw, become PNG.
WRITTEN_AS = {"JPEG": ("JPEG", "image/jpeg", ".jpg"), "WEBP": ("WEBP", "image/webp", ".webp")}
WRITTEN_AS["AVIF"] = WRITTEN_AS["WEBP"]
WRITTEN_AS["MPO"] = WRITTEN_AS["JPEG"]
PHOTOGRAPHS = ("JPEG", "MPO")
AS_PNG = ("PNG", "image/png", ".png")
PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
QUALITY = {"JPEG": {"quality": 88}, "WEBP": {"quality": 88, "method": 2}, "PNG": {}}

Image.init()  # loads every decoder now, once, rather than in each process that opens a file
Image.MAX_IMAGE_PIXELS = None  # we ask ourselves, before any pixel is decoded


def recognises(head: bytes) -> bool:
    is_webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    is_avif = head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis")
    return head.startswith(MARKS) or is_webp or is_avif


def read(path: Path) -> Facts:
    with Image.open(path, formats=FORMATS) as opened:
        _check_size(opened)
        # A photograph may carry a second, smaller picture for the camera's own use; that one can go.
        if opened.format not in PHOTOGRAPHS and getattr(opened, "n_frames", 1) > 1:
            raise Refused("several_pictures")
        written_as, media_type, extension = WRITTEN_AS.get(opened.format or "", AS_PNG)
        _decode(opened)
    image = _plain(opened, written_as)
    del opened  # where the picture had to be turned or recoloured, the first copy may go
    return Facts(
        kind="image",
        media_type=media_type,
        extension=extension,
        preview=preview_of(image),
        content=_written(image, written_as),
    )


def _check_size(image: Image.Image) -> None:
    pixels = image.width * image.height
    # A progressive photograph is held whole, at up to six bytes a pixel, until its last pass is read.
    is_progressive = "progressive" in image.info
    limit = MAX_PROGRESSIVE if is_progressive else MAX_OF_FORMAT.get(image.format or "", MAX_PIXELS)
    if pixels > limit:
        raise Refused("picture_too_large", pixels=pixels // 1_000_000, limit=limit // 1_000_000)


def _decode(image: Image.Image) -> None:
    if image.format in PHOTOGRAPHS:
        scale = next((n for n in (1, 2, 4) if image.width * image.height <= KEPT_PIXELS * n * n), 8)
        image.draft(None, (image.width // scale, image.height // scale))
    image.load()


def _plain(image: Image.Image, written_as: str) -> Image.Image:
    """May work in place: copies of large pictures do not fit the process."""
    ImageOps.exif_transpose(image, in_place=True)
    image = _in_srgb(image)
    # Whatever else was said about the picture would be written along.
    image.info = {key: value for key, value in image.info.items() if key == "transparency"}
    if written_as == "PNG":
        return _in_mode(image, image.mode if image.mode in PNG_MODES else "RGB")
    has_alpha = written_as == "WEBP" and image.has_transparency_data
    return _in_mode(image, "RGBA" if has_alpha else "RGB")


def _in_mode(image: Image.Image, mode: str) -> Image.Image:
    return image if image.mode == mode else image.convert(mode)


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
    try:
        image.save(out, written_as, **QUALITY[written_as])
    except ValueError as error:  # all that libwebp says when it gets no more memory
        raise MemoryError from error
    return out.getvalue()


def preview_of(image: Image.Image) -> Preview:
    """A small WebP on white paper."""
    # Large pictures are thinned out first, which takes no copy of them in another mode.
    rough = max(1, min(image.width // (4 * PREVIEW_WIDTH), image.height // (4 * PREVIEW_HEIGHT)))
    small = image.resize((image.width // rough, image.height // rough), Image.Resampling.NEAREST)
    if small.has_transparency_data:
        small = small.convert("RGBA")
        paper = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(paper, small)
    small = small.convert("RGB")
    small.thumbnail((PREVIEW_WIDTH, PREVIEW_HEIGHT), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "WEBP", quality=62)
    return Preview(out.getvalue(), small.width, small.height)
