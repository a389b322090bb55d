"""What can happen to a post of the blog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blog import comments
from blog.models import BlogAuthor, BlogImage, BlogLink, BlogPost
from content.actors import acting
from content.editing import free_slug
from content.services import about, renew_pages, save_record
from files.models import StoredFile
from files.services import remove_file, store_file

if TYPE_CHECKING:
    from django.core.files.base import File
    from django.db.models import Model

    from blog.models import BlogSeries
    from members.models import User
    from taxonomy.models import Licence


@dataclass(frozen=True)
class Named:
    """Somebody above a post: a member, or a guest by name."""

    user: User | None = None
    name: str = ""
    affiliation: str = ""
    credit: str = BlogAuthor.Credit.AUTHOR


@acting
@transaction.atomic
def save_post(*, post: BlogPost, by: User | None) -> None:
    """Save what somebody edited in a post, with what follows for its translations."""
    save_record(record=post, by=by)
    comments.keep_title(post)


@dataclass(frozen=True, kw_only=True)
class NewPost:
    """What a draft begins with. Words are by language; a post in a series takes its next number."""

    title: Mapping[str, str]
    body: Mapping[str, str]
    summary: Mapping[str, str] = field(default_factory=dict)
    kind: str = BlogPost.Kind.ARTICLE
    original_language: str = "en"
    authors: Sequence[Named] = ()
    series: BlogSeries | None = None
    related: Iterable[Model] = ()  # records of any type that it is about
    terms: Mapping[str, Iterable[Any]] = field(default_factory=dict)  # topics, countries, regions, goals


@acting
@transaction.atomic
def draft_post(*, new: NewPost, by: User) -> BlogPost:
    """A draft that somebody opens from elsewhere, say from a webinar. Nothing of it is public.

    Raises ValueError without a title in the original language.
    """
    title = new.title.get(new.original_language, "").strip()
    if not title:
        raise ValueError("A draft has a title in its original language.")
    post = BlogPost(kind=new.kind, original_language=new.original_language, owner=by, series=new.series)
    for name in ("title", "summary", "body"):
        for language, text in getattr(new, name).items():
            setattr(post, f"{name}_{language}", text)
    post.slug = free_slug(BlogPost, title)
    post.series_number = next_number(new.series) if new.series else None
    save_record(record=post, by=None)
    for name, rows in new.terms.items():
        getattr(post, name).set(rows)
    name_authors(post=post, authors=new.authors)
    link_records(post=post, records=new.related)
    return post


def next_number(series: BlogSeries) -> int:
    posts = BlogPost.objects.filter(series=series).order_by("-series_number")
    return (posts.values_list("series_number", flat=True).first() or 0) + 1


@transaction.atomic
def name_authors(*, post: BlogPost, authors: Sequence[Named]) -> None:
    """These, in this order, and nobody else."""
    post.authors.all().delete()
    for position, one in enumerate(authors):
        said = {"user": one.user, "name": one.name, "affiliation": one.affiliation, "credit": one.credit}
        BlogAuthor.objects.create(post=post, position=position, **said)
    renew_pages(record=post)


@transaction.atomic
def link_records(*, post: BlogPost, records: Iterable[Model]) -> None:
    """Let a post name records beside those it names already."""
    last = post.links.count()
    for number, record in enumerate(records, last):
        BlogLink.objects.get_or_create(post=post, **about(record), defaults={"position": number})
    renew_pages(record=post)


# ---------- Pictures ----------


def stored_picture(*, content: File | bytes, name: str) -> StoredFile:
    """A picture, decoded and written anew. Raises ValidationError for what is none, or is refused."""
    stored = store_file(content=content, name=name)
    if stored.kind != StoredFile.Kind.IMAGE:
        remove_file(stored=stored)
        raise ValidationError(_("This is not a picture."))
    return stored


def add_image(
    *,
    post: BlogPost,
    content: File | bytes,
    name: str,
    credit: str,
    licence: Licence,
    alt: Mapping[str, str],
    caption: Mapping[str, str] | None = None,
) -> BlogImage:
    """Put a picture behind those of a post. Raises ValidationError without credit, or words for who does not see it."""
    if not credit.strip() or not any(text.strip() for text in alt.values()):
        raise ValidationError(_("A picture is shown with its credit, its licence and words that say what it shows."))
    stored = stored_picture(content=content, name=name)
    try:
        with transaction.atomic():
            image = BlogImage(post=post, file=stored, credit=credit, licence=licence, position=post.images.count())
            for field, words in (("alt", alt), ("caption", caption or {})):
                for language, text in words.items():
                    setattr(image, f"{field}_{language}", text)
            image.save()
            renew_pages(record=post)
            return image
    except BaseException:
        remove_file(stored=stored)
        raise


def forget_pictures(images: Iterable[BlogImage]) -> None:
    """Remove the files of pictures that were taken out, but for those that another post shows too."""
    for image in images:
        if not BlogImage.objects.filter(file=image.file_id).exists():
            remove_file(stored=image.file)
