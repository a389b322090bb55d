"""Requests to the portal without a server between: the application is called as a server would call it."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler

LIST = "/en/discover/publications/"
HELLO = "/en/hello/"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Visitor:
    """An anonymous reader with an ordinary browser."""

    def __init__(self) -> None:
        self.application = WSGIHandler()

    def get(self, address: str, **headers: str) -> Answer:
        return self._ask("GET", address, b"", headers)

    def post(self, address: str, fields: dict[str, str], **headers: str) -> Answer:
        """Send a form."""
        body = urlencode(fields).encode()
        form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))}
        return self._ask("POST", address, body, form | headers)

    def _ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Answer:
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "text/html,application/xhtml+xml",
            "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
            "HTTP_ACCEPT_LANGUAGE": "en",
            "HTTP_USER_AGENT": "Mozilla/5.0",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
            **headers,
        }
        said: list = []
        response = self.application(environ, lambda status, headers, exc=None: said.extend((status, headers)))
        try:
            answer = b"".join(response)
        finally:
            response.close()
        return Answer(int(said[0].split()[0]), {name.lower(): value for name, value in said[1]}, answer)
