"""Bytes of pages as they go over the line, asked for as a browser that knows gzip and has nothing yet."""

from __future__ import annotations

from bench.site import fetch, linked, pages, running


def measure(*, quick: bool) -> dict[str, float]:
    numbers: dict[str, float] = {}
    with running("The web server") as base:
        for name, address in pages().items():
            page = fetch(base, address)
            rest = {link: fetch(base, link) for link in linked(page.text)}
            styles = sum(len(sent.body) for link, sent in rest.items() if ".css" in link)
            numbers |= {
                f"{name}_html": len(page.body),
                f"{name}_css": styles,
                f"{name}_total": len(page.body) + sum(len(sent.body) for sent in rest.values()),
                f"{name}_requests": 1 + len(rest),
            }
    return numbers
