"""What the README promises is there."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands

from portal import env

REPOSITORY = Path(settings.BASE_DIR)
README = REPOSITORY / "README.md"


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(), re.M))


def test_the_table_of_variables_is_what_the_settings_read():
    documented = re.findall(r"^\| `([A-Z_]+)` \|", README.read_text(), re.M)
    assert documented == list(env.VARIABLES)
    assert env.table() in README.read_text()


def test_every_make_target_it_names_exists():
    named = set(re.findall(r"\bmake ([a-z-]+)", "\n".join(code_in(README.read_text()))))
    assert named
    assert named <= targets()


def test_every_management_command_it_names_exists():
    named = set(re.findall(r"manage\.py ([a-z_]+)", README.read_text()))
    assert named <= set(get_commands())


def test_every_file_it_links_to_exists():
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", README.read_text())
    assert [link for link in links if not (REPOSITORY / link).exists()] == []


def test_it_shows_a_picture_and_names_the_licence():
    text = README.read_text()
    assert re.search(r"!\[[^\]]+\]\([^)]+\.(png|webp)\)", text)
    assert "BSD-3-Clause" in text
    assert "Redistribution and use" in (REPOSITORY / "LICENSE").read_text()


def code_in(text: str) -> list[str]:
    """What stands in code spans and code blocks."""
    return re.findall(r"```.*?```|`[^`]+`", text, re.S)
