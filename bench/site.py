"""The portal served as `make demo` serves it, on a port of its own, while something is measured."""

from __future__ import annotations

import http.client
import re
import socket
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench import places
from bench.webinars import PAGES
from bench.wsgi import LIST
from portal.demo import serving
from publications.models import Publication

SEARCH = "/en/search/?q=cash+transfers"
THREAD_PAGES = (2, 250, 499)  # of the long discussion, each with twenty posts
HOST = "127.0.0.1"


@contextmanager
def running(*names: str) -> Iterator[str]:
    """The address of the running portal. `names`: which of its processes are wanted."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    commands = serving.commands(HOST, port)
    household = serving.Household()
    household.start({name: commands[name] for name in names})
    try:
        if "The web server" in names:
            household.watch(until=lambda: serving.answers(f"http://{HOST}:{port}/healthz"))
        yield f"http://{HOST}:{port}"
    finally:
        household.stop()


def pages() -> dict[str, str]:
    """A list, a search, the page of a record that has a file, an abstract and organisations; pages of a discussion and
    of webinars."""
    whole = Publication.objects.published().filter(documents__isnull=False, publishers__isnull=False)
    slug = whole.exclude(abstract_en="").order_by("pk").values_list("slug", flat=True).first()
    found = {"list": LIST, "search": SEARCH, "detail": f"{LIST}{slug}/"}
    discussion = places.path_of(places.long_thread())
    found |= {f"thread{page}": f"{discussion}?page={page}" for page in THREAD_PAGES}
    return found | {f"event_{name}": address for name, address in PAGES.items()}


@dataclass(frozen=True)
class Sent:
    body: bytes  # as it went over the line
    text: str
    encoding: str


def fetch(base: str, address: str) -> Sent:
    connection = http.client.HTTPConnection(base.removeprefix("http://"))
    connection.request(
        "GET", address, headers={"Accept-Encoding": "gzip", "Accept": "text/html", "User-Agent": "bench"}
    )
    response = connection.getresponse()
    assert response.status == 200, (address, response.status)
    body, encoding = response.read(), response.headers.get("Content-Encoding", "")
    text = zlib.decompress(body, 31) if encoding == "gzip" else body
    return Sent(body, text.decode(), encoding)


def linked(html: str) -> list[str]:
    """Style sheets, scripts and icons that a page asks for: what comes with every page, pictures of records apart."""
    links = re.findall(r'<link [^>]*rel="(?:stylesheet|icon)"[^>]*>', html)
    found = [re.search(r'href="([^"]+)"', link) for link in links] + re.findall(r'<script [^>]*src="([^"]+)"', html)
    return [match if isinstance(match, str) else match[1] for match in found]
