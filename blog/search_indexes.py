"""What search knows of a post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from haystack import indexes

from blog.authors import name_of
from blog.models import BlogAuthor, BlogPost, BlogSeries
from content.translations import languages_of
from discussions.markup import to_html
from discussions.plain import plain
from search.indexes import Document, RecordIndex, pairs
from search.terms import Terms
from taxonomy.models import Country, Region, Tag, Tagging, Topic

LONGEST = 60_000


class BlogPostIndex(RecordIndex, indexes.Indexable):
    kind = "post"
    related = {
        Topic: lambda pks: BlogPost.objects.filter(topics__in=pks),
        Country: lambda pks: BlogPost.objects.filter(countries__in=pks),
        Region: lambda pks: BlogPost.objects.filter(regions__in=pks),
        Tag: lambda pks: BlogPost.objects.filter(tags__in=pks),
        BlogSeries: lambda pks: BlogPost.objects.filter(series__in=pks),
        BlogAuthor: lambda pks: BlogPost.objects.filter(authors__in=pks),
    }

    def index_queryset(self, using: str | None = None) -> QuerySet[BlogPost]:
        return BlogPost.objects.published().select_related("series")

    def documents(self, posts: Sequence[BlogPost]) -> Iterator[Document]:
        terms = Terms()
        topics = pairs(BlogPost.topics.through.objects, "blogpost_id", "topic_id", of=posts)
        countries = pairs(BlogPost.countries.through.objects, "blogpost_id", "country_id", of=posts)
        regions = pairs(BlogPost.regions.through.objects, "blogpost_id", "region__slug", of=posts)
        goals = pairs(BlogPost.goals.through.objects, "blogpost_id", "goal__code", of=posts)
        tagged = Tagging.objects.filter(content_type=ContentType.objects.get_for_model(BlogPost))
        tags = pairs(tagged, "object_id", "tag__slug", "tag__name", of=posts)
        authors = _authors(posts)
        for post in posts:
            pk = post.pk
            yield Document(
                record=post,
                titles=self.translated(post, "title"),
                texts=self._texts(post),
                names=[*authors.get(pk, ()), *(name for _slug, name in tags[pk])],
                facets={
                    "type": [post.kind],
                    "topic": terms.topics(topics[pk]),
                    "country": terms.countries(countries[pk]),
                    "region": terms.regions(countries[pk], regions[pk]),
                    "lang": languages_of(post, "body") or languages_of(post, "title"),
                    "goal": {code for goal in goals[pk] for code in (goal, goal.split(".")[0])},
                    "series": [post.series.slug] if post.series else [],
                    "tag": [slug for slug, _name in tags[pk]],
                },
                year=post.published_at.year if post.published_at else None,
                used=post.view_count,
                published=post.published_at,
            )

    def _texts(self, post: BlogPost) -> dict[str, str]:
        """Summary and text without its marks."""
        found = dict(self.translated(post, "summary"))
        for code, text in self.translated(post, "body").items():
            said = plain(to_html(text), LONGEST)
            found[code] = f"{found[code]}\n\n{said}" if code in found else said
        return found


def _authors(posts: Sequence[BlogPost]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for author in BlogAuthor.objects.filter(post__in=posts).select_related("user"):
        found.setdefault(author.post_id, []).append(name_of(author))
    return found
