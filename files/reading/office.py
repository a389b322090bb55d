"""Word, PowerPoint and Excel: a ZIP whose table of contents (ECMA-376, Open Packaging Conventions) says what it is."""

from __future__ import annotations

import posixpath
from contextlib import suppress
from pathlib import Path
from xml.parsers.expat import ExpatError
from zipfile import ZipFile

from PIL import Image

from files.reading.facts import MAX_CHARACTERS, Facts, Preview, Refused, clean_text
from files.reading.guesses import Line, Said, guesses
from files.reading.markup import events, starts
from files.reading.pictures import MAX_PIXELS, preview_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office before 2007, and any locked document of today
OLE_LOCKED = "EncryptedPackage".encode("utf-16-le")
MAX_MEMBERS = 10_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 100  # plain XML packs 1:20, a table of zeros 1:80
SMALL = 20_000_000  # unpacked; harmless at any ratio
FIRST_LINES = 40
TITLE_STYLES = ("Title", "Titre", "Ttulo", "Título")  # as Word names them in our languages
BLANKS = {"p": "\n", "br": "\n", "tab": "\t"}

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
        texts, title = {"docx": _word_texts, "pptx": _slide_texts, "xlsx": _no_texts}[kind](archive, main)
        return Facts(
            kind=kind,
            media_type=media_type,
            extension=f".{kind}",
            pages=(len(texts) or None) if kind == "pptx" else _counted_pages(archive),
            texts=_within_limit(texts),
            guesses=guesses(_said(archive, texts, title), texts),
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
        part.attributes.get("PartName", ""): part.attributes.get("ContentType", "")
        for part in starts(archive, "[Content_Types].xml", "Override", "Default")
    }
    for part, declared in kinds.items():
        if declared in MAIN_PARTS:
            if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
                raise Refused("macros")
            kind, media_type = MAIN_PARTS[declared]
            return kind, media_type, part.lstrip("/")
    raise Refused("macros" if any("macroEnabled" in declared for declared in kinds.values()) else "unknown")


def _word_texts(archive: ZipFile, main: str) -> tuple[list[str], str]:
    """Pages as Word last laid them out, which it writes down as it saves; and the paragraph styled as the title."""
    pages: list[list[str]] = [[]]
    title: list[str] = []
    style = ""
    room = MAX_CHARACTERS
    for what, tag, text, attributes in events(archive, main):
        if what == "text" and tag == "t" and room > 0:
            room -= len(text)
            pages[-1].append(text)
            title += [text] if style in TITLE_STYLES else []
        elif what == "start" and tag == "lastRenderedPageBreak":
            pages.append([])
        elif what == "start" and tag in BLANKS:
            pages[-1].append(BLANKS[tag])
        elif what == "start" and tag == "pStyle":
            style = next((value for key, value in attributes.items() if key.endswith("val")), "")
        elif what == "end" and tag == "p":
            style = ""
    return [clean_text("".join(page)) for page in pages], "".join(title)


def _slide_texts(archive: ZipFile, main: str) -> tuple[list[str], str]:
    names = set(archive.namelist())
    slides = [_slide_text(archive, slide) for slide in _slides(archive, main) if slide in names]
    return [text for text, _title in slides], slides[0][1] if slides else ""


def _slides(archive: ZipFile, main: str) -> list[str]:
    """In the order they are shown, which is not that of their file names."""
    folder, name = posixpath.split(main)
    relations = {
        relation.attributes.get("Id", ""): posixpath.normpath(
            posixpath.join("/", folder, relation.attributes.get("Target", ""))
        ).lstrip("/")
        for relation in starts(archive, f"{folder}/_rels/{name}.rels", "Relationship")
    }
    # Two attributes end in id: the plain number and the relation, which stands in a namespace.
    shown = (
        next((value for key, value in slide.attributes.items() if key.endswith("}id")), "")
        for slide in starts(archive, main, "sldId")
    )
    return [relations.get(relation, "") for relation in shown]


def _slide_text(archive: ZipFile, slide: str) -> tuple[str, str]:
    """Its words, and those in the frame of the title."""
    words: list[str] = []
    title: list[str] = []
    is_title = False
    for what, tag, text, attributes in events(archive, slide):
        if what == "text" and tag == "t":
            words.append(text)
            title += [text] if is_title else []
        elif what == "start" and tag == "ph":
            is_title = attributes.get("type") in ("title", "ctrTitle")
        elif what == "end" and tag in ("p", "sp"):
            words.append("\n")
            is_title = is_title and tag == "p"
    return clean_text("".join(words)), " ".join(title)


def _no_texts(archive: ZipFile, main: str) -> tuple[list[str], str]:
    """Numbers and their headings drown the words people look for; opening the main part is the check."""
    for _event in events(archive, main):
        pass
    return [], ""


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
    with suppress(ValueError):
        return int(_properties(archive, "docProps/app.xml").get("Pages", "")) or None
    return None


def _said(archive: ZipFile, texts: list[str], title: str) -> Said:
    core = _properties(archive, "docProps/core.xml")
    lines = [line for text in texts[:1] for line in text.split("\n")[:FIRST_LINES] if line and line != title]
    return Said(
        title=core.get("title", ""),
        authors=[core.get("creator", "")],
        created=core.get("created", ""),
        language=core.get("language", ""),
        first_page=[Line(title, 2), *(Line(line, 1) for line in lines)] if title else [],
    )


def _properties(archive: ZipFile, name: str) -> dict[str, str]:
    """Any of them, and the whole part, may be missing."""
    said: dict[str, str] = {}
    with suppress(KeyError, ExpatError, Refused):
        for event in events(archive, name):
            if event.what == "text":
                said[event.tag] = said.get(event.tag, "") + event.text
    return said


def _thumbnail(archive: ZipFile) -> Preview | None:
    with (
        suppress(KeyError, OSError, ValueError, SyntaxError),
        archive.open("docProps/thumbnail.jpeg") as part,
        Image.open(part, formats=("JPEG",)) as image,
    ):
        return preview_of(image) if image.width * image.height <= MAX_PIXELS else None
    return None
