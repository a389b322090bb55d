"""Two results on the first screen, paper without menus, light pages, errors said twice. What holds on each kind of page
stands in test_every_page.py."""

from __future__ import annotations

import gzip

import pytest

from tests.browser import kinds, rooms


@pytest.mark.parametrize(
    "path",
    [
        "/discover/publications/",
        "/discover/publications/?country=KE&country=IN",
        "/discover/publications/?q=cash",
        "/discover/stakeholders/",
        "/search/?q=transferts+mon%C3%A9taires",
    ],
)
def test_two_whole_results_stand_on_the_first_screen_of_a_phone(path, visit):
    for language in ("en", "fr", "es"):
        reader = visit(language=language, width=390)
        reader.open(f"/{language}{path}")
        boxes = [row.bounding_box() for row in reader.page.locator("article.record").all()[:2]]
        ends = [box["y"] + box["height"] for box in boxes if box]
        assert len(ends) == 2
        assert max(ends) <= 844, f"{language}{path}: the second result ends at {max(ends):.0f}"


@pytest.mark.parametrize("kind", ["list", "report", "topic", "stakeholder", "contribution", "case"])
def test_paper_shows_no_menus(kind, visit, site):
    reader = visit(role=kinds.role(kind))
    reader.open(f"/en{kinds.address(kind, site)}")
    reader.page.emulate_media(media="print")
    for part in (".site-header nav", ".subnav", ".site-search", ".filter-open", "form", ".pager", ".paper-no"):
        for element in reader.page.locator(part).all():
            assert not element.is_visible(), part
    assert reader.page.locator("h1").is_visible()


MEMBERS_TOO = [("list", rooms.MEMBER), ("report", rooms.MEMBER), ("list", rooms.ADMINISTRATOR)]
MEMBERS_TOO += [("community", rooms.MEMBER), ("discussion", rooms.MEMBER)]
ROOMS = ["my contributions", "contribution", "message", "notices", "upload: details", "review queue", "case", "outbox"]
ROOMS += ["queue of a moderator", "case with reports"]


@pytest.mark.parametrize(
    ("kind", "role"),
    [(kind, None) for kind in ("home", "list", "search", "report", "text edition", "country")]
    + [(kind, None) for kind in ("webinars", "webinar", "registration", "webinar series")]
    + [(kind, None) for kind in ("communities", "community", "community: documents", "discussions", "discussion")]
    + MEMBERS_TOO
    + [(kind, kinds.role(kind)) for kind in ROOMS],
)
def test_a_page_is_light_on_the_wire(kind, role, visit, site):
    """J14, step 1: style sheet ≤ 10 KB, page and style sheet ≤ 20 KB, at most three requests besides previews."""
    reader = visit(width=320, role=role)
    sizes: dict[str, int] = {}

    def weigh(response) -> None:
        if response.request.resource_type in ("document", "stylesheet", "script", "font"):
            sizes[response.url] = response.request.sizes()["responseBodySize"]

    reader.page.on("response", weigh)
    response = reader.open(f"/en{kinds.address(kind, site)}")
    reader.page.wait_for_load_state("networkidle")
    page = len(gzip.compress(response.body(), 6))
    styles = sum(size for url, size in sizes.items() if url.endswith(".css") or "theme.css" in url)
    previews = [url for url in reader.watch.requests if "/files/" in url]
    assert styles <= 10_240
    assert page <= 10_240
    assert page + styles <= 20_480
    assert len(reader.watch.requests) - len(previews) <= 3, reader.watch.requests


def test_a_page_is_sent_compressed(visit):
    reader = visit()
    for path in ("/en/", "/en/discover/publications/"):
        assert reader.open(path).headers.get("content-encoding") in ("gzip", "br", "zstd")
    style = next(url for url in reader.watch.requests if url.endswith(".css"))
    assert reader.context.request.get(style).headers.get("content-encoding") in ("gzip", "br")


# Each form with something that is missing, by the button that sends it.
INCOMPLETE = {
    "join": "main .btn--main",
    "sign-in": "main form:has([name=login]) button[type=submit]",
    "upload": "main form:has([value=reference]) button",
    "write": "main .btn--main",
    "report a member": "main form button[type=submit]",
    "password": "main .btn--main",
    "contribution": "main form:has(textarea) button",
    "withdraw": "main form button[type=submit]",
    "case": "main button[name=step][value=say]",
    "imports": "main .btn--main",
}


@pytest.mark.parametrize("kind", INCOMPLETE)
def test_an_error_is_said_first_and_at_its_field(kind, visit, site):
    reader = visit(language="fr", role=kinds.role(kind), scripts=False)
    reader.open(f"/fr{kinds.address(kind, site)}")
    with reader.page.expect_navigation():
        reader.page.locator(INCOMPLETE[kind]).first.dispatch_event("click")
    assert reader.page.title().startswith("Erreur"), reader.page.title()
    links = reader.page.locator(".error-summary li a").all()
    assert links
    for link in links:
        field = reader.page.locator(f".field--bad:has({link.get_attribute('href')})")
        assert field.locator(".field__error", has_text=link.inner_text()).count() == 1
