"""Whatever accent an operator chooses, texts and buttons stay readable (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from portal import theme

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
EXTREMES = ("#000000", "#ffffff", "#ffff00", "#0000ff", "#ff0000", "#808080", "#00ff00", "#00645c")


def tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+)\s*:\s*(#[0-9a-fA-F]{6})\b", css))


def blocks(css: str) -> tuple[dict[str, str], dict[str, str]]:
    """Tokens in light and in dark."""
    light, dark = css.split("@media (prefers-color-scheme:dark)", 1)
    return tokens(light), tokens(dark)


STYLESHEET = (Path(settings.BASE_DIR) / "static" / "portal.css").read_text()
LIGHT = tokens(re.search(r":root \{(.*?)\}", STYLESHEET, re.S)[1]) | {"paper": "#ffffff", "on-accent": "#ffffff"}
DARK = LIGHT | tokens(re.search(r':root\[data-theme="dark"\] \{(.*?)\}', STYLESHEET, re.S)[1])


def every_colour(test):
    for colour in EXTREMES:
        test = example(colour)(test)
    return given(COLOURS)(test)


@every_colour
def test_links_are_readable_on_every_ground(colour):
    for chosen, house in zip(blocks(theme.stylesheet(colour)), (LIGHT, DARK), strict=True):
        seen = house | chosen
        for ground in ("paper", "wash"):
            assert theme.contrast(seen["accent"], seen[ground]) >= 4.5, (ground, seen["accent"])
            assert theme.contrast(seen["accent-deep"], seen[ground]) >= 4.5, (ground, seen["accent-deep"])


@every_colour
def test_words_on_a_button_are_readable(colour):
    for chosen, house in zip(blocks(theme.stylesheet(colour)), (LIGHT, DARK), strict=True):
        seen = house | chosen
        assert theme.contrast(seen["accent"], seen["on-accent"]) >= 4.5


@every_colour
def test_words_on_a_chosen_ground_are_readable(colour):
    for chosen, house in zip(blocks(theme.stylesheet(colour)), (LIGHT, DARK), strict=True):
        seen = house | chosen
        for text in ("ink", "ink-2", "accent-deep"):
            assert theme.contrast(seen[text], seen["accent-wash"]) >= 4.5, text


@every_colour
def test_the_stylesheet_holds_tokens_and_nothing_else(colour):
    css = theme.stylesheet(colour)
    assert re.sub(r"--[\w-]+:#[0-9a-f]{6};", "", css) == (
        ":root{}@media (prefers-color-scheme:dark){:root:not([data-theme=light]){}}:root[data-theme=dark]{}"
    )


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one, other):
    assert theme.contrast(one, other) == theme.contrast(other, one)
    assert 1 <= theme.contrast(one, other) <= 21.0001


def test_contrast_of_black_on_white_is_21():
    assert round(theme.contrast("#000000", "#ffffff"), 2) == 21


def test_the_page_asks_for_the_theme_only_where_the_accent_differs(client, settings, db):
    assert "theme.css" not in client.get("/en/styleguide/").content.decode()
    settings.PORTAL_ACCENT = "#7a1f5c"
    settings.PAGE_CACHE_SECONDS = 0
    assert "/theme.css" in client.get("/en/styleguide/").content.decode()
    assert client.get("/theme.css").headers["Content-Type"].startswith("text/css")
