"""What search knows of a discussion that everybody may read: its title, and how it begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.db.models import Model, QuerySet
from haystack import indexes

from discussions import places
from discussions.models import Post, Thread
from search.indexes import Document, RecordIndex

POSTS = 10  # of a discussion, whose words find it
LONGEST = 20_000  # characters of them in one language


class ThreadIndex(RecordIndex, indexes.Indexable):
    kind = "discussion"

    @property
    def related(self) -> Mapping[type[Model], Callable[[Sequence[int]], QuerySet]]:  # type: ignore[override]
        """Posts, and the places where discussions hang: who may read there decides what is public."""
        found: dict[type[Model], Callable[[Sequence[int]], QuerySet]] = {
            Post: lambda pks: Thread.objects.filter(posts__in=pks, posts__number__lte=POSTS)
        }
        return found | {place.model: _threads_at(place.model) for place in places.all_places()}

    def get_model(self) -> type[Model]:
        return Thread  # asked for before there is a database to ask what is public

    def index_queryset(self, using: str | None = None) -> QuerySet[Thread]:
        return Thread.objects.published()

    def documents(self, threads: Sequence[Thread]) -> Iterator[Document]:
        said = _said(threads)
        for thread in threads:
            yield Document(
                record=thread,
                titles={thread.language: thread.title},
                texts={language: "\n\n".join(texts)[:LONGEST] for language, texts in said[thread.pk].items()},
                facets={"lang": {thread.language, *said[thread.pk]}},
                used=thread.reply_count,
                published=thread.created_at,
            )


def _threads_at(model: type[Model]) -> Callable[[Sequence[int]], QuerySet[Thread]]:
    return lambda pks: Thread.objects.at_any(model, pks)


def _said(threads: Sequence[Thread]) -> dict[int, dict[str, list[str]]]:
    """What the first posts say, by language."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    posts = Post.objects.shown().filter(thread__in=threads, number__lte=POSTS).in_order()
    for thread, language, text in posts.values_list("thread_id", "language", "text"):
        found[thread][language].append(text)
    return found
