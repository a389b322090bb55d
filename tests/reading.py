"""Reads pages as strictly as a parser can, and says what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

import html5lib
from lxml import etree

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # which lxml cannot hold
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "headers")
NAMELESS = ("hidden", "submit", "button", "reset", "image")


def parse(text: str) -> tuple[etree._Element, list[str]]:
    """The tree of a page, and every error the HTML standard names on the way to it."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    tree = parser.parse(CONTROLS.sub("\ufffd", text))
    lines = text.splitlines()
    errors = []
    for (line, _column), code, data in parser.errors:
        around = lines[line - 1][:200] if line <= len(lines) else ""
        errors.append(f"{code} {data or ''} near: {around}")
    return tree.getroot(), errors


def problems(text: str) -> list[str]:
    """Whatever makes a page invalid, or its labels and links lead nowhere."""
    root, found = parse(text)
    ids = Counter(element.get("id") for element in root.iter() if element.get("id") is not None)
    found += [f"id used {count} times: {name}" for name, count in ids.items() if count > 1]
    found += [f"id with a space or empty: {name!r}" for name in ids if not name or " " in name]
    for element in root.iter():
        if isinstance(element.tag, str):
            found += _of_element(element, ids)
    if not root.get("lang"):
        found.append("the page says no language")
    return found


def _of_element(element: etree._Element, ids: Counter) -> list[str]:
    found = []
    for attribute in REFERENCES:
        for name in (element.get(attribute) or "").split():
            if name not in ids:
                found.append(f"{element.tag} {attribute}={name!r} leads nowhere")
    href = element.get("href") or ""
    if href.startswith("#") and len(href) > 1 and href[1:] not in ids:
        found.append(f"link to {href} leads nowhere")
    if element.tag in ("input", "select", "textarea") and element.get("type") not in NAMELESS:
        labels = element.getroottree().xpath("//label[@for=$id]", id=element.get("id") or "")
        if not (labels or element.get("aria-label") or element.get("aria-labelledby") or _inside(element, "label")):
            found.append(f"{element.tag} {element.get('name')!r} has no label")
    if element.tag == "img" and element.get("alt") is None:
        found.append(f"img {element.get('src')!r} has no alt")
    return found


def _inside(element: etree._Element, tag: str) -> bool:
    return any(above.tag == tag for above in element.iterancestors())


def shape(text: str) -> Counter:
    """Elements with the names of their attributes, and where links lead outside: what text must never add to."""
    root, _errors = parse(text)
    found: Counter = Counter()
    for element in root.iter():
        if isinstance(element.tag, str):
            found[(element.tag, *sorted(map(str, element.attrib)))] += 1
            for name in ("href", "src", "action"):
                target = urlsplit(element.get(name) or "")
                if target.scheme not in ("", "http", "https", "mailto", "data"):
                    found["scheme", target.scheme] += 1
    return found


def text_of(root: etree._Element) -> str:
    return "".join(root.itertext())
