"""Files of each kind, made small."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from fpdf import FPDF
from fpdf.encryption import EncryptionMethod
from PIL import Image, ImageCms

SAMPLES = Path(__file__).parent / "samples"
OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": ("word/document.xml", f"{OFFICE}wordprocessingml.document.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OFFICE}presentationml.presentation.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet.main+xml"),
}


def pdf(*pages: str, password: str = "") -> bytes:
    document = FPDF()
    document.set_font("Helvetica", size=14)
    if password:
        document.set_encryption("owner", password, encryption_method=EncryptionMethod.RC4)
    for text in pages or ("One page",):
        document.add_page()
        document.multi_cell(0, 8, text)
    return bytes(document.output())


def large_pdf(size: int = 300_000) -> bytes:
    """Readers ignore what follows the end of a PDF within reason; noise keeps every part of it different."""
    document = FPDF()
    document.add_page()
    document.image(Image.frombytes("L", (size // 400, 400), os.urandom(size // 400 * 400)))
    return bytes(document.output())


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options) -> bytes:
    out = BytesIO()
    Image.new(mode, size, options.pop("color", 0)).save(out, kind, **options)
    return out.getvalue()


def telling_photograph() -> bytes:
    """Taken lying on its side, with the place, a remark and a colour profile in it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of Ms Someone"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return picture("JPEG", (60, 20), exif=exif, comment=b"secret remark", icc_profile=profile)


def office(kind: str, parts: dict[str, str] | None = None, *, main: str = "<r/>", declared: str = "") -> bytes:
    name, content_type = MAIN[kind]
    types = f'<Types><Override PartName="/{name}" ContentType="{declared or content_type}"/></Types>'
    return archive({"[Content_Types].xml": types, name: main} | (parts or {}))


def archive(parts: dict[str, str | bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return out.getvalue()


def slides(*texts: str) -> bytes:
    """Shown in the opposite order of their file names."""
    numbers = range(len(texts), 0, -1)
    relations = "".join(f'<Relationship Id="r{n}" Target="slides/slide{n}.xml"/>' for n in numbers)
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in numbers)
    spaces = 'xmlns:p="urn:p" xmlns:r="urn:r" xmlns:a="urn:a"'
    parts = {"ppt/_rels/presentation.xml.rels": f"<Relationships>{relations}</Relationships>"} | {
        f"ppt/slides/slide{n}.xml": f"<p:sld {spaces}><a:p><a:t>{text}</a:t></a:p></p:sld>"
        for n, text in zip(numbers, texts, strict=True)
    }
    return office("pptx", parts, main=f"<p:presentation {spaces}>{listed}</p:presentation>")
