"""Pages go out compressed, and say so."""

from __future__ import annotations

import gzip

import pytest

from publications.models import Document

pytestmark = pytest.mark.django_db
PAGE = "/en/discover/publications/"
READS_GZIP = {"Accept-Encoding": "br;q=0.9, gzip"}


def test_a_page_is_compressed_for_whoever_reads_that_made_or_kept(world, client):
    plain = client.get(PAGE).content
    for _ in range(2):
        packed = client.get(PAGE, headers=READS_GZIP)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.headers["Content-Length"] == str(len(packed.content))
        assert gzip.decompress(packed.content) == plain
        assert len(packed.content) < len(plain) / 3


@pytest.mark.parametrize("accepted", ["", "br", "identity, gzip;q=0"])
def test_whoever_reads_no_gzip_gets_the_page_as_it_is(world, client, accepted):
    client.get(PAGE, headers=READS_GZIP)
    plain = client.get(PAGE, headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in plain.headers
    assert b"</html>" in plain.content


def test_caches_on_the_way_are_told_of_both_forms(world, client):
    for headers in ({}, READS_GZIP):
        assert "Accept-Encoding" in client.get(PAGE, headers=headers).headers["Vary"]


@pytest.mark.parametrize("headers", [{}, READS_GZIP], ids=["plain", "gzip"])
def test_whoever_has_the_page_is_told_so_in_either_form(world, client, headers):
    tag = client.get(PAGE, headers=headers).headers["ETag"]
    again = client.get(PAGE, headers=headers | {"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("page", [PAGE, "/en/discover/publications/new/"])
def test_pages_of_people_who_signed_in_are_compressed_to_lengths_that_tell_nothing(world, clients, page):
    """The same page again has another length, so that whoever listens on the way cannot guess at its words."""
    plain = clients["staff"].get(page)
    sent = [clients["staff"].get(page, headers=READS_GZIP) for _ in range(20)]
    for one in sent:
        assert one.headers["Content-Encoding"] == "gzip"
        assert len(one.content) < len(plain.content) / 2
        assert b"</html>" in gzip.decompress(one.content)
        assert "Accept-Encoding" in one.headers["Vary"]
    assert len({len(one.content) for one in sent}) > 1


def test_files_go_out_as_they_are(world, clients):
    public = Document.objects.filter(publication__status="published", replaced_on=None).first()
    sent = clients["staff"].get(public.file.get_absolute_url(), headers=READS_GZIP)
    assert sent.status_code == 200
    assert "Content-Encoding" not in sent.headers
