"""Posts of the blog of the world by state, and what is said about the public one.

The member wrote what is called own_…, and one of the comments; an editor asked them to look at what is in review. Words
in capitals are those of hidden records (`world.mark`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blog import comments, pieces
from blog.models import BlogPost, BlogSeries
from content.models import Case
from content.services import about
from discussions.models import Post, PostTranslation
from files.models import StoredFile
from tests import factories
from tests import world as worlds

if TYPE_CHECKING:
    from tests.world import World

Store = Callable[..., StoredFile]


@dataclass
class Written:
    posts: dict[str, BlogPost] = field(default_factory=dict)  # by state
    series: BlogSeries | None = None
    comment: Post | None = None  # the member's, on the public one


def write(world: World, stored_file: Store) -> Written:
    found, member = Written(), world.people["member"]
    found.series = BlogSeries.objects.create(slug="from-the-field", title_en="From the field", title_fr="Du terrain")
    for number, (state, fields) in enumerate(worlds.STATES.items(), 1):
        mark = {part: worlds.mark(state, part) for part in ("title", "abstract", "author", "titre")}
        owner = member if state.startswith("own_") else world.people["staff"]
        post = factories.blog_post(
            f"On pensions {mark['title']}",
            slug=f"post-in-{state.replace('_', '-')}",
            title_fr=f"Des pensions {mark['titre']}",
            summary_en=f"In short {mark['abstract']}.",
            body_en=f"In long {mark['abstract']}.\n\n## Then\n\nAnd again.",
            owner=owner,
            series=found.series,
            series_number=number,
            image=stored_file("image", name=f"{mark['title']}.png"),
            authors=[{"name": f"Guest {mark['author']}"}, {"user": member}],
            **fields,
        )
        post.topics.set(world.topics)
        post.countries.set(world.countries[:1])
        found.posts[state] = post
        if state.startswith("own_"):
            pieces.agree(post=post)
    _ask(found.posts["own_in_review"], member)
    found.comment = _comment(found.posts["published"], world)
    return found


def _ask(post: BlogPost, member) -> None:
    """An editor changed a word, and it is the member's turn."""
    post.body_en += " Edited."
    post.save()
    about_it = {"kind": "post", "state": "with_member", "language": "en", "opened_by": member}
    Case.objects.create(**about(post), **about_it, waiting_since=worlds.LONG_AGO)


def _comment(post: BlogPost, world: World) -> Post:
    comments.open_for(post)
    said = factories.post(post.thread, "I have seen this, too.", author=world.people["member"])
    factories.post(post.thread, "Where?", author=world.people["community_admin"])
    PostTranslation.objects.create(
        post=said, language="fr", text="Je l’ai vu.", html="<p>Je l’ai vu.</p>", by=said.author
    )
    return said
