"""XML read as it comes, without a tree in memory: a tree takes ten times the room of its file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, NoReturn
from xml.parsers import expat
from zipfile import ZipFile

from files.reading.facts import Refused

CHUNK = 64 * 1024
MAX_PART = 60_000_000  # of one part that we read


class Event(NamedTuple):
    """`start` with attributes, `text`, or `end`; names without their namespace, in which documents differ."""

    what: str
    tag: str
    text: str = ""
    attributes: dict[str, str] = {}


def events(archive: ZipFile, name: str) -> Iterator[Event]:
    """Raises Refused on a part that unpacks too far or declares entities, KeyError, ExpatError."""
    waiting: list[Event] = []
    parser = _parser(waiting)
    size = 0
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            size += len(chunk)
            if size > MAX_PART:
                raise Refused("bomb")
            parser.Parse(chunk)
            yield from waiting
            waiting.clear()
    parser.Parse(b"", True)
    yield from waiting


def starts(archive: ZipFile, name: str, *tags: str) -> Iterator[Event]:
    return (event for event in events(archive, name) if event.what == "start" and event.tag in tags)


def _parser(waiting: list[Event]) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    open_tags: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        open_tags.append(name.rpartition("}")[2])
        waiting.append(Event("start", open_tags[-1], "", attributes))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: waiting.append(Event("end", open_tags.pop()))
    parser.CharacterDataHandler = lambda text: waiting.append(Event("text", open_tags[-1], text))
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_declared: object) -> NoReturn:
    """Office never writes one; what remains of the danger in XML hides there."""
    raise Refused("broken")
