"""What members write, as safe HTML: Markdown without HTML of their own, images or anything that loads by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    *("p", "br", "em", "strong", "del", "code", "pre", "blockquote", "hr", "span"),
    *("ul", "ol", "li", "a", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"),
}
SCHEMES = {"http", "https", "mailto"}
# A post stands under the title of its thread: its own headings begin below that.
LOWERED = {"h1": "h3", "h2": "h4", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
# A text that is a page of its own stands under the title of the page.
OF_ARTICLE = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
QUOTED = re.compile(r"^", re.MULTILINE)
ADDRESS = r"https?://[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?…)\]}']"
CALLED = r"(?<![\w@/.])@(?P<handle>[a-z0-9]+(?:-[a-z0-9]+)*)(?![\w@])"
MARKED = re.compile(rf"(?P<address>{ADDRESS})|{CALLED}", re.IGNORECASE)
# Nobody can write a tag of their own, so a span in a post is a mention that we put there.
MENTION = re.compile(r"<span>@([a-z0-9-]+)</span>")
LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+", re.IGNORECASE)

_markdown = MarkdownIt("js-default", {"html": False, "linkify": False, "breaks": True})
_markdown.disable(["image"])


def to_html(text: str, people: Collection[str] = ()) -> str:
    """Safe to show. Links leave no trace of where the reader came from and give the other site no rank.

    `people`: handles that are mentions and not just words after an @.
    """
    return _cleaned(_rendered(text, LOWERED, people), TAGS, "nofollow noopener noreferrer ugc")


def article_html(text: str) -> SafeString:
    """A text that editors have read, as safe HTML: headings begin below the title of its page, links count as links."""
    cleaned = _cleaned(_rendered(text, OF_ARTICLE), TAGS | {"h2"}, "noopener noreferrer")
    return mark_safe(cleaned)  # noqa: S308  (nh3 has left what TAGS allow)


def _rendered(text: str, headings: Mapping[str, str], people: Collection[str] = ()) -> str:
    tokens = _markdown.parse(text)
    for token in tokens:
        token.tag = headings.get(token.tag, token.tag)
        if token.children:
            token.children = list(_with_links(token.children, {handle.lower() for handle in people}))
    rendered: str = _markdown.renderer.render(tokens, _markdown.options, {})
    return rendered


def _cleaned(rendered: str, tags: set[str], rel: str) -> str:
    return nh3.clean(
        rendered,
        tags=tags,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel=rel,
    )


def _with_links(tokens: list[Token], people: set[str]) -> Iterator[Token]:
    """The pieces of a line, with typed addresses and mentions marked; what stands inside a link stays as it is."""
    inside = 0
    for token in tokens:
        inside += (token.type == "link_open") - (token.type == "link_close")
        if token.type != "text" or inside:
            yield token
            continue
        yield from _marked(token.content, people)


def _marked(text: str, people: set[str]) -> Iterator[Token]:
    """The text of a piece, and between it the HTML that we make of what was typed."""
    done = 0
    for match in MARKED.finditer(text):
        if made := _html_of(match, people):
            yield Token("text", "", 0, content=text[done : match.start()])
            yield Token("html_inline", "", 0, content=made)
            done = match.end()
    yield Token("text", "", 0, content=text[done:])


def _html_of(match: re.Match, people: set[str]) -> str:
    if address := match["address"]:
        return f'<a href="{escape(address)}">{escape(address)}</a>'
    handle = match["handle"].lower()
    return f"<span>@{handle}</span>" if handle in people else ""


def mentioned_in(text: str) -> list[str]:
    """What may be handles of people, in lower case, each once."""
    return list(dict.fromkeys(match["handle"].lower() for match in MARKED.finditer(text) if match["handle"]))


def with_people(html: str, paths: Mapping[str, str]) -> SafeString:
    """A post for one reader: its mentions lead to the pages of those whom this reader may see."""

    def shown(match: re.Match) -> str:
        path = paths.get(match[1])
        return f'<a href="{escape(path)}">@{match[1]}</a>' if path else f"@{match[1]}"

    return mark_safe(MENTION.sub(shown, html))  # noqa: S308  (made safe by to_html)


def links_in(text: str) -> list[str]:
    """Hosts that a text leads to, for the rules against spam; an address that is only typed counts too."""
    return [urlsplit(one if "//" in one else f"//{one}").netloc.lower() for one in LINK.findall(text)]


def quoted(text: str) -> str:
    """As the beginning of an answer that quotes it."""
    return QUOTED.sub("> ", text.strip()) + "\n\n"
