"""Readers of environment variables that fail loudly.

Each reader writes the variable down in `VARIABLES`, so that the README's table can be proved complete.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


@dataclass(frozen=True)
class Variable:
    name: str
    default: str
    meaning: str


VARIABLES: dict[str, Variable] = {}
PLACES: dict[str, str] = {}  # what {var} and {base} in a default stand for


def _read(name: str, default: str, meaning: str) -> str:
    VARIABLES[name] = Variable(name, default, meaning)
    return os.environ.get(name, default.format(**PLACES)).strip()


def table() -> str:
    """The README's table of variables."""
    rows = [
        f"| `{one.name}` | {f'`{one.default}`' if one.default else ''} | {one.meaning} |" for one in VARIABLES.values()
    ]
    return "\n".join(["| variable | default | what it is |", "| --- | --- | --- |", *rows])


def text(name: str, default: str, meaning: str) -> str:
    return _read(name, default, meaning)


def required(name: str, meaning: str, *, instead: str | None) -> str:
    """A variable that must be set. `instead` is used where the demonstration may do without it."""
    value = _read(name, "", meaning) or instead
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. It holds: {meaning}")
    return value


def flag(name: str, default: bool, meaning: str) -> bool:
    value = _read(name, "yes" if default else "no", meaning).lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no.")
    return value in TRUE


def number(name: str, default: int, meaning: str, *, least: int = 0) -> int:
    value = _read(name, str(default), meaning)
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number of {least} or more.")
    return int(value)


def words(name: str, default: str, meaning: str, *, among: Collection[str] = ()) -> list[str]:
    """Words between commas. Where they are `among` known ones, at least one is needed."""
    found = [word.strip() for word in _read(name, default, meaning).split(",") if word.strip()]
    if among and not (found and set(found) <= set(among)):
        raise ImproperlyConfigured(f"{name}={','.join(found)!r} is not a list of {', '.join(among)}.")
    return found


def file(name: str, default: str, meaning: str) -> Path:
    path = Path(_read(name, default, meaning))
    if not path.is_file():
        raise ImproperlyConfigured(f"{name}={str(path)!r} is no file.")
    return path


def choice(name: str, default: str, choices: tuple[str, ...], meaning: str) -> str:
    value = _read(name, default, meaning)
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r} is none of {', '.join(choices)}.")
    return value


def socket(name: str, default: str, meaning: str) -> str:
    """`host:port` or the path of a socket; may be empty."""
    value = _read(name, default, meaning)
    if value and not re.fullmatch(r"/.+|[^/\s]+:\d{1,5}", value):
        raise ImproperlyConfigured(f"{name}={value!r} is neither host:port nor the path of a socket.")
    return value


def colour(name: str, default: str, meaning: str) -> str:
    value = _read(name, default, meaning).lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", value):
        raise ImproperlyConfigured(f"{name}={value!r} is not a colour such as #00645c.")
    return value


def database(name: str, default: str, meaning: str) -> dict:
    return _address(environ.Env.db_url_config, name, _read(name, default, meaning))


def cache(name: str, default: str, meaning: str) -> dict:
    parsed = _address(environ.Env.cache_url_config, name, _read(name, default, meaning))
    return {key.upper(): value for key, value in parsed.items()}  # ?key_prefix=… too, which Django would pass over


def mail(name: str, default: str, meaning: str) -> dict:
    value = _read(name, default, meaning)
    parsed = _address(environ.Env.email_url_config, name, value)
    if parsed.get("EMAIL_FILE_PATH"):
        parsed["EMAIL_FILE_PATH"] = urlsplit(value).path  # from the root, which django-environ takes away
    return parsed


def _address(parse, name: str, value: str) -> dict:
    try:
        parsed = parse(value)
    except (environ.ImproperlyConfigured, KeyError, ValueError) as error:
        # Without the address: it may hold a password, and this sentence goes into logs.
        raise ImproperlyConfigured(f"{name} cannot be read as an address: {type(error).__name__}.") from None
    if not parsed:
        raise ImproperlyConfigured(f"{name} is empty.")
    return dict(parsed)
