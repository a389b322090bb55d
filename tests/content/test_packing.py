"""Whole anonymous pages go out compressed, and say so."""

from __future__ import annotations

import gzip

import pytest

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


def test_pages_of_people_who_signed_in_are_not_compressed(world, clients):
    assert "Content-Encoding" not in clients["staff"].get(PAGE, headers=READS_GZIP).headers
