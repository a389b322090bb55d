"""Whatever anybody types or stores: a clear page, and text that stays text."""

from __future__ import annotations

import json
import re
from functools import cache

import feedparser
import pytest
import rispy
from django.db.models import URLField
from django.urls import reverse
from lxml import etree
from pybtex.database import parse_string

from content.sitemaps import RECORDS
from files.models import StoredFile
from publications.models import Author, Publication, Series
from search import services
from stakeholders.models import Organisation
from taxonomy.models import Tag, Topic
from tests import reading, shared_data
from tests import world as worlds
from tests.access import TABLE
from tests.access.rows import PAGE

pytestmark = pytest.mark.django_db
SANE = 400_000  # bytes of a page that holds several titles of 10,000 characters

# ---------- Asked ----------

QUERIES = {
    "page -1": "page=-1",
    "page 0": "page=0",
    "page far": "page=99999999",
    "page farther": "page=" + "9" * 5000,
    "page letters": "page=abc",
    "page Arabic": "page=٣",
    "page empty": "page=",
    "page float": "page=1.5",
    "page twice": "page=2&page=1",
    "unknown country": "country=XX",
    "lower-case country": "country=ke",
    "5,000 values": "&".join(["country=KE"] * 5000),
    "5,000 different values": "&".join(f"tag=t{number}" for number in range(5000)),
    "NUL": "q=%00&country=%00&sort=%00&tag=a%00b",
    "100 KB": "q=" + "women+" * 17_000,
    "100 KB without a space": "q=" + "x" * 100_000,
    "broken UTF-8": "q=%ff%fe&country=%ff&tag=%c3%28",
    "broken percent": "q=%&country=%zz",
    "surrogate": "q=%ed%a0%80",
    "far year": "from=9999999&to=-1",
    "odd years": "from=٢٠١٩&to=20.5",
    "years turned round": "from=2020&to=1990",
    "order": "sort=drop+table",
    "unknown facet": "colour=blue&kind=unknown",
    "format": "format=xml",
    "format twice": "format=json&format=html",
    "former platform": "f%5B0%5D=field_blog_tags%3A4491&f[1]=x",
    "operators": "q=%22+AND+OR+NOT+%28+%29+%3A+*+%3F+~+%5E+%5C+-",
    "field": "q=kind:publication+status:draft+_id:1",
    "script": "q=%3Cscript%3Ealert(1)%3C/script%3E&country=%22%3E%3Cimg+src=x+onerror=alert(1)%3E",
    "template": "q=%7B%7B+settings.SECRET_KEY+%7D%7D&q=%25(a)s",
    "line breaks": "q=a%0d%0aSet-Cookie:%20x=1",
    "direction": "q=%E2%80%AEabc%E2%81%A6",
    "no value": "q&country&&&=&==",
}
REFUSED = {(400, "5,000 values"), (400, "5,000 different values")}  # more fields than Django reads
PATHS = (
    "/en/discover/publications/%0d%0aX: 1/",
    "/en/discover/publications/%00/",
    "/en/discover/publications/%ff/",
    "/en/discover/publications/..%2f..%2fetc/passwd/",
    "/en/discover/publications/" + "a" * 5000 + "/",
    "/en/discover/publications/values/no-such-facet/",
    "/en/discover/publications/values/__class__/",
    "/en/discover/topics/%E2%80%AE/",
    "/en/discover/goals/1%2e3/",
    "/en/discover/goals/" + "9" * 400 + "/",
    "/en/discover/countries/<script>/",
    "/p/p" + "9" * 30,
    "/p/p-1",
    "/p/p١",
    "/p/%00",
    "/p/p0x10",
    "/files/aaaaaaaaaaaa/%2e%2e%2fsettings.py",
    "/files/%00/preview.webp",
    "/sitemap-publication-99999999999999999999.xml",
    "/sitemap-nothing-0.xml",
    "/xx/discover/publications/",
    "/en//discover//publications/",
    "/EN/",
    "/discover/publications/an-old-address-of-the-former-platform",
    "/discover/blog?f[0]=field_blog_tags:4491",
    "/sites/default/files/some%20file.pdf",
    "/%E2%80%99/%F0%9F%92%A9",
)
PAGES = sorted(name for name, row in TABLE.items() if row.answers is PAGE)


@pytest.mark.parametrize("name", [*PAGES, "publications:detail", "stakeholders:detail", "publications:text"])
def test_no_query_breaks_a_page(name, world, clients):
    row, found = TABLE[name], []
    address = row.address(world, next(state for state in row.answers if state in ("", "published")))
    for label, query in QUERIES.items():
        response = clients["visitor"].get(f"{address}?{query}")
        if response.status_code not in (200, 404) and (response.status_code, label) not in REFUSED:
            found.append(f"{label}: {response.status_code}")
        if len(response.content) > SANE:
            found.append(f"{label}: {len(response.content)} bytes")
        if "text/html" in response.get("Content-Type", "") and response.status_code != 400:
            found += [f"{label}: {problem}" for problem in reading.problems(response.content.decode())]
        found += [f"{label}: header {name}" for name in response.headers if name.lower() == "set-cookie"]
    assert found == []


@pytest.mark.parametrize("path", PATHS)
def test_no_path_breaks_anything(path, world, clients):
    response = clients["visitor"].get(path)
    assert response.status_code in (200, 301, 302, 404)
    if "text/html" in response.get("Content-Type", "") and response.status_code == 404:
        assert reading.problems(response.content.decode()) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "\x00;q=x,,,*" + "fr," * 5000},
        {"Accept": "application/xml" * 1000},
        {"If-None-Match": "*"},
        {"If-None-Match": '"' + "x" * 10_000},
        {"If-Modified-Since": "the day before"},
        {"Range": "bytes=-0,5-2,99999999999999999999-"},
        {"Cookie": "sessionid=" + "x" * 4000},
        {"Cookie": "django_language=<script>"},
        {"User-Agent": "\u202e" * 50},
        {"X-Forwarded-For": "' OR 1=1 --"},
    ],
    ids=lambda one: next(iter(one)),
)
def test_no_header_breaks_a_page(headers, world, clients):
    for address in ("/", "/en/", "/en/discover/publications/", world.publications["published"].get_absolute_url()):
        assert clients["visitor"].get(address, headers=headers).status_code in (200, 302, 304)


def test_a_host_that_is_not_ours_is_refused(client, world):
    assert client.get("/en/", headers={"Host": "evil.example"}).status_code == 400


# ---------- Stored ----------

OURS = [
    "<script>alert('x')</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- --><svg/onload=alert(1)>",
    "</title><body onload=alert(1)>",
    "]]><a xmlns:a='http://www.w3.org/1999/xhtml'><a:body onload='alert(1)'/></a>",
    "javascript:alert(1)//",
    "{{ 7*7 }}{% debug %}${7*7}<%= 7*7 %>",
    '=HYPERLINK("http://evil.example","x")',
    "ER  - \nTY  - EVIL\nTI  - injected",
    "}, title = {injected}, x = {",
    "\\input{/etc/passwd} \\end{document} {{{ }",
    "&lt;b&gt; &amp;amp; &#0; &#x202e;",
    "line one\r\nSet-Cookie: x=1\r\n\r\n<b>",
    "tab\tvertical\x0bfeed\x0c bell\x07 delete\x7f",
    "\u202eright to left override\u202c \u2066isolate",
    "الحماية الاجتماعية للجميع",
    "Z̸̡̛͕̣͎̟͍̈́̀̐̕a̵͇̖̜̓͝l̴̢̹̈́g̶̱̀o̶̢͠",
    "🏳️‍🌈👩‍👩‍👧‍👦 \ufeff\u200b\u200d\ufffd",
    "a" * 10_000,
    "word " * 2_000,
    "<b>" * 3_000,
    "   ",
    "--><?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
]


def without_nul(text: str) -> str:
    """PostgreSQL holds no NUL and neither a lone surrogate; forms refuse the first and browsers send no second."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


@cache
def naughty_strings() -> list[str]:
    texts: list[str] = []
    for path in shared_data.inputs("hostile-text"):
        if path.name == "blns.json":
            texts += json.loads(path.read_text())
        elif path.suffix == ".json":
            texts += [str(case.get("original", "")) for case in json.loads(path.read_text())]
        elif path.suffix == ".test":
            texts.append(path.read_text(errors="replace"))
    return [text for text in dict.fromkeys(map(without_nul, texts)) if text.strip()]


def store_everywhere(world: worlds.World, text: str) -> None:
    """One text in every field that holds words, of every language, as long as the field takes it."""

    def fill(model, **only) -> None:
        values = {
            field.name: text[: field.max_length or None]
            for field in model._meta.concrete_fields
            if field.get_internal_type() in ("CharField", "TextField")
            and not isinstance(field, URLField)  # forms and the importer let only http and https in
            and not field.choices
            and not field.primary_key
            and field.name not in KEPT
            and not (field.unique and model is not Tag)
        }
        model.objects.filter(**only).update(**values)

    published = world.publications["published"]
    fill(Publication, pk=published.pk)
    fill(Publication, pk=world.publications["withdrawn"].pk)
    fill(Organisation, pk=world.organisations["published"].pk)
    fill(Author, publication=published)
    fill(Series, pk=published.series_id)
    fill(Topic, pk=world.topics[1].pk)
    Tag.objects.filter(taggings__object_id=published.pk).update(name=text[:100])
    StoredFile.objects.filter(documents__publication=published).update(name=text.replace("/", "_")[:160] or "x")
    for stored in StoredFile.objects.filter(documents__publication=published):
        stored.page_texts.update(text=text)


KEPT = {"slug", "status", "original_language", "path", "key", "sha256", "media_type", "source", "source_record", "kind"}
KEPT |= {"language", "ror", "csl_type", "file", "preview", "provenance", "type", "nameunesco_uri"}
PLAIN = "Nothing but plain words stands here"


def where_it_shows(world: worlds.World) -> list[str]:
    published, organisation = world.publications["published"], world.organisations["published"]
    shown = [published.get_absolute_url(), f"{published.get_absolute_url()}text/", organisation.get_absolute_url()]
    shown += [world.publications["withdrawn"].get_absolute_url(), world.topics[1].get_absolute_url()]
    shown += [reverse("publications:list") + "?sort=newest&q=", reverse("stakeholders:list"), "/fr/discover/topics/"]
    shown += ["/es/discover/topics/glossary/", f"{reverse('publications:list')}values/tag/", "/en/search/?country=KE"]
    return [*shown, reverse("publications:list") + f"?series={published.series.slug}&topic=cash-transfers"]


def shapes(world, client) -> dict[str, dict]:
    return {address: reading.shape(client.get(address).content.decode()) for address in where_it_shows(world)}


def danger(text: str, world: worlds.World, client, plain: dict[str, dict]) -> list[str]:
    """Elements and attributes of a page that the text brought in; pages that no longer parse; files that break."""
    store_everywhere(world, text)
    found = []
    for address in where_it_shows(world):
        response = client.get(address)
        page = response.content.decode()
        if response.status_code not in (200, 410) or len(page) > SANE:
            found.append(f"{address}: {response.status_code}, {len(page)} bytes")
            continue
        _root, errors = reading.parse(page)
        found += [f"{address}: {error}" for error in errors if not error.startswith(UNAVOIDABLE)]
        new = {key for key in reading.shape(page) if key not in plain[address] and not is_harmless(key)}
        found += [f"{address}: new {key}" for key in new]
    return found + broken_files(world, client)


# What a browser says of characters that HTML can show in no form, yet are someone's title.
UNAVOIDABLE = ("invalid-codepoint",)


def is_harmless(key: tuple) -> bool:
    """Marks of words found, paragraphs, line breaks, and a language or direction on them."""
    return key[0] in ("mark", "br", "p", "span", "i", "wbr") and set(key[1:]) <= {"lang", "dir", "class"}


def broken_files(world: worlds.World, client) -> list[str]:
    published, found = world.publications["published"], []

    def read(address: str, reader) -> None:
        response = client.get(address)
        try:
            assert response.status_code == 200, response.status_code
            reader(response.content.decode())
        except Exception as error:  # whatever the reader of that format raises
            found.append(f"{address}: {type(error).__name__} {str(error)[:200]}")

    def cite(style: str) -> str:
        return reverse("publications:cite", args=[published.slug, style])

    def one_entry(text: str) -> None:
        assert len(rispy.loads(text)) == 1, "one record became several"

    def feed(text: str) -> None:
        assert not feedparser.parse(text.encode()).bozo
        etree.fromstring(text.encode())

    def json_ld(text: str) -> None:
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S):
            json.loads(block)

    read(cite("bib"), lambda text: parse_string(text, "bibtex").entries.values())
    read(cite("ris"), one_entry)
    read(cite("json"), json.loads)
    read(cite("csv"), str)
    read(cite("txt"), str)
    read(reverse("publications:feed"), feed)
    read(reverse("stakeholders:feed"), feed)
    read(f"{published.get_absolute_url()}?format=json", json.loads)
    read(f"{reverse('publications:list')}?format=json", json.loads)
    read(f"/sitemap-publication-{published.pk // RECORDS}.xml", lambda text: etree.fromstring(text.encode()))
    read(reverse("publications:qr", args=[published.slug]), lambda text: etree.fromstring(text.encode()))
    read(published.get_absolute_url(), json_ld)
    return found


@pytest.fixture
def plain(world, clients) -> dict[str, dict]:
    store_everywhere(world, PLAIN)
    return shapes(world, clients["staff"])


@pytest.mark.parametrize("text", OURS, ids=range(len(OURS)))
def test_text_stays_text_wherever_it_is_stored(text, world, clients, plain):
    assert danger(without_nul(text), world, clients["staff"], plain) == []


def test_naughty_strings_of_others_stay_text_too(world, clients, plain):
    """Many of them at once in each field, since each alone would take an hour."""
    texts, found = naughty_strings(), []
    for start in range(0, len(texts), 60):
        found += danger(" ".join(texts[start : start + 60]), world, clients["staff"], plain)
    assert found == []


@pytest.mark.parametrize("text", OURS[:8] + OURS[14:21], ids=range(15))
def test_hostile_words_can_be_indexed_found_and_marked(text, world, clients, plain, tmp_path, monkeypatch):
    from haystack import connections

    store_everywhere(world, f"zqneedle {without_nul(text)}"[:4000])
    monkeypatch.setattr(connections["default"], "options", {"PATH": str(tmp_path / "index")})
    services.rebuild_index()
    for address in ("/en/discover/publications/?q=zqneedle", "/fr/search/?q=zqneedle"):
        page = clients["visitor"].get(address).content.decode()
        root, errors = reading.parse(page)
        assert [error for error in errors if not error.startswith(UNAVOIDABLE)] == []
        assert "publication-in-published" in page
        assert not root.xpath("//img | //main//script | //body[@onload] | //*[@onerror or @onmouseover or @onload]")
