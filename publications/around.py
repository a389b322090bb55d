"""What stands around one publication: its authors, terms, tags, what editors linked and what was written about it, in
one statement."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F
from django.db.models.functions import Cast

from blog.models import BlogLink
from content.terms import attach_terms, fill, part
from publications.models import Author, Publication
from taxonomy.models import Tag, Tagging


@dataclass(frozen=True)
class Around:
    """Keys, the newest first."""

    related: list[int]  # published publications that editors linked to it
    posts: list[int]  # public posts that name it


def attach(publication: Publication) -> Around:
    """Fill authors, topics, countries, regions, goals and tags as prefetching would."""
    here = {"content_type": ContentType.objects.get_for_model(Publication), "object_id": publication.pk}
    related = Publication.related.through.objects.filter(from_publication=publication.pk)
    posts = BlogLink.objects.filter(**here, post__status="published")
    links = attach_terms(
        publication,
        part(publication.authors.all(), "authors", "pk", first=F("family"), second=F("given"), position=F("position")),
        part(Tagging.objects.filter(**here), "tags", "tag_id", first=F("tag__name"), second=F("tag__slug")),
        part(
            related.filter(to_publication__status="published"),
            "related",
            "to_publication_id",
            first=_time("to_publication__published_at"),
        ),
        part(posts, "posts", "post_id", first=_time("post__published_at")),
    )
    by = {"publication": publication}
    authors = (Author(pk=pk, family=family, given=given, **by) for pk, family, given in links["authors"])
    fill(publication, "authors", authors)
    fill(publication, "tags", (Tag(pk=pk, name=name, slug=slug) for pk, name, slug in links["tags"]))
    return Around(related=_newest_first(links["related"]), posts=_newest_first(links["posts"]))


def _time(field: str) -> Cast:
    """As text, which sorts as the time does."""
    return Cast(field, CharField())


def _newest_first(links: list[tuple[int, str, str]]) -> list[int]:
    return [pk for pk, *_words in sorted(links, key=lambda link: (link[1] or "", link[0]), reverse=True)]
