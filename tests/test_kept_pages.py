"""Whole pages are kept until a kind of record that they show changes: each page knows every kind it reads."""

from __future__ import annotations

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client

from content import registry
from tests.access.probes import surfaces
from tests.services import empty
from webinars.models import Webinar

pytestmark = pytest.mark.django_db
STANDS_FOR = {"discussion": ("discussion_number", "community_life")}  # of pages that show how many there are, no more


class Reads:
    """Which tables are read meanwhile."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        self.tables.update(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql))
        return execute(sql, params, many, context)


def everything_linked(world) -> None:
    """A post, the summary of a webinar and an event name one record of each kind that their editors may name."""
    first = [(ContentType.objects.get_for_model(one.model), one.published().first()) for one in registry.all_types()]
    webinar, post = Webinar.objects.published().first(), world.written.posts["published"]
    Webinar.objects.filter(pk=webinar.pk).update(summary_post=post)
    for owner in (post, world.events["published"]):
        for content_type, record in first:
            if record is not None:
                owner.links.get_or_create(content_type=content_type, object_id=record.pk)


def test_a_page_depends_on_whatever_it_reads(world):
    kinds = {one.model._meta.db_table: one.key for one in registry.all_types()}
    visitor, missing = Client(), []
    everything_linked(world)
    for address in surfaces(world):
        empty(cache)
        reads = Reads()
        with connection.execute_wrapper(reads):
            known = getattr(visitor.get(address), "kinds", None)
        if known is not None:
            read = {kinds[table] for table in reads.tables & set(kinds)}
            missing += [(address, kind) for kind in read if not {kind, *STANDS_FOR.get(kind, ())} & set(known)]
    assert not missing, "\n".join(f"{address}: {kind}" for address, kind in missing)
