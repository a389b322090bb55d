"""A post as plain data, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blog.authors import writers
from content import addresses
from content.translations import languages_of, words

if TYPE_CHECKING:
    from blog.models import BlogPost


def as_row(post: BlogPost, *, base: str = "") -> dict[str, Any]:
    """What a list says of it; needs no more than `with_card_data` fetches."""
    title = words(post, "title")
    return {
        "id": post.pk,
        "title": title.text,
        "title_language": title.language,
        "summary": words(post, "summary").text,
        "url": base + post.get_absolute_url(),
        "permanent_url": base + addresses.permanent(post),
        "kind": post.kind,
        "languages": languages_of(post, "title"),
        "authors": writers(post.authors.all()),
        "series": post.series.slug if post.series else None,
        "series_number": post.series_number,
        "topics": [topic.slug for topic in post.topics.all()],
        "countries": [country.iso2 for country in post.countries.all()],
        "published_at": post.published_at,
    }


def as_data(post: BlogPost, *, base: str = "") -> dict[str, Any]:
    """All that its page says; needs `with_detail_data`."""
    return as_row(post, base=base) | {
        "original_language": post.original_language,
        "titles": {code: getattr(post, f"title_{code}") for code in languages_of(post, "title")},
        "summaries": {code: getattr(post, f"summary_{code}") for code in languages_of(post, "summary")},
        "texts": {code: getattr(post, f"body_{code}") for code in languages_of(post, "body")},  # Markdown
        "images": [
            {
                "url": base + image.file.get_absolute_url(),
                "credit": image.credit,
                "licence": image.licence.slug,
                "alt": words(image, "alt", title_language(post)).text,
            }
            for image in post.images.all()
        ],
        "regions": [region.slug for region in post.regions.all()],
        "goals": [goal.code for goal in post.goals.all()],
        "tags": [tag.name for tag in post.tags.all()],
        "views": post.view_count,
        "updated_at": post.updated_at,
    }


def title_language(post: BlogPost) -> str:
    return words(post, "title").language
