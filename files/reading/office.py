"""Word, PowerPoint and Excel: a ZIP whose table of contents (ECMA-376, Open Packaging Conventions) says what it is."""

from __future__ import annotations

import posixpath
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from zipfile import ZipFile

from PIL import Image

from files.reading.facts import MAX_CHARACTERS, Facts, Preview, Refused, clean_text
from files.reading.pictures import MAX_PIXELS, preview_of

if TYPE_CHECKING:
    from collections.abc import Iterator

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office before 2007, and any locked document of today
OLE_LOCKED = "EncryptedPackage".encode("utf-16-le")
MAX_MEMBERS = 10_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 100  # plain XML packs 1:20, a table of zeros 1:80
SMALL = 20_000_000  # unpacked; harmless at any ratio
MAX_PART = 60_000_000  # of one part that we read

VENDOR = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    f"{VENDOR}wordprocessingml.document.main+xml": ("docx", f"{VENDOR}wordprocessingml.document"),
    f"{VENDOR}presentationml.presentation.main+xml": ("pptx", f"{VENDOR}presentationml.presentation"),
    f"{VENDOR}spreadsheetml.sheet.main+xml": ("xlsx", f"{VENDOR}spreadsheetml.sheet"),
}


def recognises(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", OLE))


def read(path: Path) -> Facts:
    if path.open("rb").read(8) == OLE:
        raise Refused("locked" if OLE_LOCKED in path.read_bytes() else "old_office")
    with ZipFile(path) as archive:
        _check_size(archive, path.stat().st_size)
        if "[Content_Types].xml" not in archive.namelist():
            raise Refused("unknown")
        kind, media_type, main = _main_part(archive)
        texts = {"docx": _word_texts, "pptx": _slide_texts, "xlsx": _no_texts}[kind](archive, main)
        return Facts(
            kind=kind,
            media_type=media_type,
            extension=f".{kind}",
            pages=(len(texts) or None) if kind == "pptx" else _counted_pages(archive),
            texts=_within_limit(texts),
            preview=_thumbnail(archive),
        )


def _check_size(archive: ZipFile, packed: int) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if any(member.flag_bits & 1 for member in members):
        raise Refused("locked")
    is_dense = unpacked > SMALL and unpacked > packed * MAX_RATIO
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or is_dense:
        raise Refused("bomb")


def _main_part(archive: ZipFile) -> tuple[str, str, str]:
    kinds = {
        part.get("PartName", ""): part.get("ContentType", "")
        for part in _xml(archive, "[Content_Types].xml").iter()
        if _tag(part) in ("Override", "Default")
    }
    for part, declared in kinds.items():
        if declared in MAIN_PARTS:
            if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
                raise Refused("macros")
            kind, media_type = MAIN_PARTS[declared]
            return kind, media_type, part.lstrip("/")
    raise Refused("macros" if any("macroEnabled" in declared for declared in kinds.values()) else "unknown")


def _xml(archive: ZipFile, name: str) -> ElementTree.Element:
    with archive.open(name) as part:
        content = part.read(MAX_PART + 1)
    if len(content) > MAX_PART:
        raise Refused("bomb")
    # Office never writes one; what remains of the danger in XML hides there.
    if b"<!DOCTYPE" in content[:2048]:
        raise Refused("broken")
    return ElementTree.fromstring(content)  # noqa: S314


def _tag(element: ElementTree.Element) -> str:
    """The name without its namespace: strict and transitional documents differ in nothing else here."""
    return element.tag.rpartition("}")[2]


def _word_texts(archive: ZipFile, main: str) -> list[str]:
    """Pages as Word last laid them out, which it writes down as it saves."""
    pages: list[list[str]] = [[]]
    for element in _xml(archive, main).iter():
        tag = _tag(element)
        if tag == "lastRenderedPageBreak":
            pages.append([])
        elif tag == "t":
            pages[-1].append(element.text or "")
        elif tag in ("p", "br", "tab"):
            pages[-1].append("\t" if tag == "tab" else "\n")
    return [clean_text("".join(page)) for page in pages]


def _slide_texts(archive: ZipFile, main: str) -> list[str]:
    names = set(archive.namelist())
    slides = [slide for slide in _slides(archive, main) if slide in names]
    return [_slide_text(_xml(archive, slide)) for slide in slides]


def _slides(archive: ZipFile, main: str) -> Iterator[str]:
    """In the order they are shown, which is not that of their file names."""
    folder, name = posixpath.split(main)
    relations = {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        for relation in _xml(archive, f"{folder}/_rels/{name}.rels")
    }
    for element in _xml(archive, main).iter():
        if _tag(element) == "sldId":
            # Two attributes end in id: the plain number and the relation, which stands in a namespace.
            relation = next((value for key, value in element.items() if key.endswith("}id")), "")
            yield relations.get(relation, "")


def _slide_text(slide: ElementTree.Element) -> str:
    paragraphs = (element for element in slide.iter() if _tag(element) == "p")
    return clean_text("\n".join("".join(run.text or "" for run in p.iter() if _tag(run) == "t") for p in paragraphs))


def _no_texts(archive: ZipFile, main: str) -> list[str]:
    """Numbers and their headings drown the words people look for; opening the main part is the check."""
    _xml(archive, main)
    return []


def _within_limit(texts: list[str]) -> list[str]:
    kept, characters = [], 0
    for text in texts:
        characters += len(text)
        if characters > MAX_CHARACTERS:
            break
        kept.append(text)
    return kept


def _counted_pages(archive: ZipFile) -> int | None:
    """As Word counted; None where it did not, and for workbooks."""
    with suppress(KeyError, ValueError, ElementTree.ParseError):
        for element in _xml(archive, "docProps/app.xml"):
            if _tag(element) == "Pages":
                return int(element.text or "") or None
    return None


def _thumbnail(archive: ZipFile) -> Preview | None:
    with (
        suppress(KeyError, OSError, ValueError, SyntaxError),
        archive.open("docProps/thumbnail.jpeg") as part,
        Image.open(part, formats=("JPEG",)) as image,
    ):
        return preview_of(image) if image.width * image.height <= MAX_PIXELS else None
    return None
