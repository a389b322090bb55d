"""Who is named above posts, as one reader may know them: members lead to their page where the reader may open it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from blog.models import BlogAuthor
from people.models import Profile

if TYPE_CHECKING:
    from blog.models import BlogPost
    from members.models import User

Credit = BlogAuthor.Credit
WRITERS = (Credit.AUTHOR, Credit.AMBASSADOR, Credit.PANELLIST)  # whose text it is; the others helped


@dataclass(frozen=True)
class Byline:
    name: str
    url: str
    affiliation: str
    credit: str  # in words, empty for authors: that goes without saying
    wrote: bool


def name_of(author: BlogAuthor) -> str:
    """Accounts that are closed or deleted are called alike."""
    if author.user is None:
        return author.name
    return author.user.display_name if author.user.is_active else _("Former member")


def bylines(post: BlogPost, reader: User | AnonymousUser) -> list[Byline]:
    """Needs `with_card_data`. One query for the pages of members."""
    rows = list(post.authors.all())
    members = [row.user_id for row in rows if row.user_id]
    found = Profile.objects.visible_to(reader).filter(user__in=members) if members else ()
    pages = {profile.user_id: profile.get_absolute_url() for profile in found}
    return [
        Byline(
            name=name_of(row),
            url=pages.get(row.user_id or 0, ""),
            affiliation=row.affiliation,
            credit="" if row.credit == Credit.AUTHOR else str(row.get_credit_display()),
            wrote=row.credit in WRITERS,
        )
        for row in rows
    ]


def writers(authors: Iterable[BlogAuthor]) -> list[str]:
    """The names of those whose text it is."""
    return [name_of(author) for author in authors if author.credit in WRITERS]
