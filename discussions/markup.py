"""What members write, as safe HTML: Markdown without HTML of their own, images or anything that loads by itself."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt

TAGS = {
    *("p", "br", "em", "strong", "del", "code", "pre", "blockquote", "hr"),
    *("ul", "ol", "li", "a", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"),
}
SCHEMES = {"http", "https", "mailto"}
# A post stands under the title of its thread: its own headings begin below that.
LOWERED = {"h1": "h3", "h2": "h4", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
QUOTED = re.compile(r"^", re.MULTILINE)

_markdown = MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": True})
_markdown.disable(["image"])


def to_html(text: str) -> str:
    """Safe to show. Links leave no trace of where the reader came from and give the other site no rank."""
    tokens = _markdown.parse(text)
    for token in tokens:
        token.tag = LOWERED.get(token.tag, token.tag)
    rendered = _markdown.renderer.render(tokens, _markdown.options, {})
    return nh3.clean(
        rendered,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="nofollow noopener noreferrer ugc",
    )


def links_in(text: str) -> list[str]:
    """Hosts that a text leads to, for the rules against spam; an address that is only typed counts too."""
    found = re.findall(r"(?:https?://|www\.)[^\s<>()\[\]]+", text, re.IGNORECASE)
    return [urlsplit(one if "//" in one else f"//{one}").netloc.lower() for one in found]


def quoted(text: str) -> str:
    """As the beginning of an answer that quotes it."""
    return QUOTED.sub("> ", text.strip()) + "\n\n"
