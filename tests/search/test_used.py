"""“Most used” follows what was read."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from content.models import Visit
from publications.models import Publication
from search import services
from search.query import Query

pytestmark = pytest.mark.usefixtures("tantivy")


def test_a_record_that_was_read_rises_in_most_used(library):
    first, second = library.add("One"), library.add("Two")
    services.rebuild_index()
    for publication, count in ((first, 1), (second, 5)):
        Publication.objects.filter(pk=publication.pk).update(view_count=count)  # as counting does, past the signals
    today = timezone.now().date()
    Visit.objects.create(
        content_type=ContentType.objects.get_for_model(Publication),
        object_id=second.pk,
        kind="view",
        day=today,
        visitor="x",
    )
    services.note_visited(since=today - timedelta(days=1))
    services.follow_changes()
    hits = services.search(Query(kind="publication", sort="used")).hits
    assert [hit.pk for hit in hits] == [second.pk, first.pk]
