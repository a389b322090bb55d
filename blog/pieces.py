"""What members write for the blog: kept while they write, sent to the editors, agreed upon, and only then public.

An editor may change a member's text, and the member may publish nothing alone: so what becomes public are words that
both agreed to. `BlogPost.agreed` holds those that the member did last.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from blog.models import BlogPost
from blog.services import Named, name_authors
from content import review, services
from content.actors import acting
from content.editing import free_slug
from content.models import Case
from content.privacy import remove_for_good
from discussions.markup import article_html
from members.permissions import is_ambassador

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from content.models import Entry
    from members.models import User
    from taxonomy.models import Country, Topic

Status = BlogPost.Status
WORDS = ("title", "summary", "body")
MOST_UNSENT = 20  # of a member: beyond that somebody fills our disk


@dataclass(frozen=True)
class Typed:
    """What the form of a piece brought."""

    language: str
    title: str
    summary: str
    body: str
    affiliation: str
    topics: Iterable[Topic]
    countries: Iterable[Country]


def of(user: User) -> QuerySet[BlogPost]:
    """What somebody wrote for the blog and sent, or means to send, themselves: drafts of editors are none."""
    own = BlogPost.objects.filter(owner=user).exclude(agreed={})
    return own.select_related("series").order_by("-updated_at", "-pk")


def case_of(post: BlogPost) -> Case | None:
    return Case.objects.about(post).order_by("-pk").first()


def can_change(post: BlogPost) -> bool:
    """Whether it is in the hands of its member: not sent yet, or an editor asked for changes, or said no."""
    case = case_of(post)
    if case is None:
        return bool(post.status == Status.DRAFT)
    return case.state != Case.State.WAITING and review.may_answer(case)


# ---------- Writing ----------


@acting
@transaction.atomic
def save_piece(*, post: BlogPost, typed: Typed, by: User) -> BlogPost:
    """Keep what a member wrote, new or not. Whoever wrote a text agrees to it.

    Raises ValidationError for a member with too many drafts.
    """
    if post.pk is None and of(by).filter(status=Status.DRAFT).count() >= MOST_UNSENT:
        raise ValidationError(_("You have many drafts already. Finish or discard one first."))
    post.kind, post.owner, former = BlogPost.Kind.OP_ED, by, post.original_language
    if post.pk and typed.language != former:
        for name in WORDS:
            setattr(post, f"{name}_{former}", "")
    post.original_language = typed.language
    for name in WORDS:
        setattr(post, f"{name}_{typed.language}", getattr(typed, name))
    post.slug = post.slug or free_slug(BlogPost, typed.title)
    services.save_record(record=post, by=by if post.pk else None)
    post.topics.set(typed.topics)
    post.countries.set(typed.countries)
    credit = "ambassador" if is_ambassador(by) else "author"
    name_authors(post=post, authors=[Named(user=by, affiliation=typed.affiliation, credit=credit)])
    agree(post=post)
    return post


@acting
@transaction.atomic
def send_piece(*, post: BlogPost, by: User, note: str = "") -> Case:
    """Send it to the editors, or send it again."""
    return review.submit(record=post, by=by, note=note)


@acting
@transaction.atomic
def approve_piece(*, post: BlogPost, by: User, seen: str) -> Case:
    """The member agrees to the text as the editors left it, and it is their turn again.

    `seen`: what names the text on the page (`fingerprint`). Raises ValidationError where it was changed meanwhile.
    """
    stored = BlogPost.objects.select_for_update().get(pk=post.pk)
    if seen != fingerprint(stored):
        raise ValidationError(_("An editor has changed the text since you opened this page. Read it once more."))
    agree(post=stored)
    return review.submit(record=stored, by=by, note=_("I agree to the text as it stands now."))


def agree(*, post: BlogPost) -> None:
    post.agreed = words_of(post)
    post.save(update_fields=["agreed"])


@acting
@transaction.atomic
def discard_piece(*, post: BlogPost, by: User) -> None:
    """Delete what was never sent."""
    if post.status != Status.DRAFT:
        raise ValueError("What was sent is taken back by a word to the editors.")
    remove_for_good(post, lambda record: record.delete())


# ---------- What both agreed to ----------


def words_of(post: BlogPost) -> dict[str, str]:
    """The text in the language it was written in: translations are the editors'."""
    found = {name: _plain(getattr(post, f"{name}_{post.original_language}")) for name in WORDS}
    return found | {"language": post.original_language}


def _plain(text: str | None) -> str:
    """Browsers send lines with other ends than they were given: that changes no word."""
    return (text or "").replace("\r\n", "\n").strip()


def is_agreed(post: BlogPost) -> bool:
    return bool(post.agreed == words_of(post))


def fingerprint(post: BlogPost) -> str:
    """Names the text of a page in the form that agrees to it."""
    return hashlib.sha256(json.dumps(words_of(post), sort_keys=True).encode()).hexdigest()[:16]


def refuse_unagreed(record: Entry) -> None:
    """Heard before a record becomes public. Raises NotReady."""
    if not isinstance(record, BlogPost):
        return
    if not (getattr(record, f"body_{record.original_language}") or "").strip():
        raise services.NotReady(_("A post without a text is not published."))
    if _has_author(record) and record.series is None:
        raise services.NotReady(_("Choose the series in which it appears: edit it, and come back."))
    if _has_author(record) and not is_agreed(record):
        raise services.NotReady(
            _("Its author has not agreed to the text as it is now. Ask them: they see what was changed, and agree.")
        )


def waits_for_its_author(post: BlogPost, changed: Mapping[str, Any]) -> bool:
    """Whether a form would publish words that the member who sent a text in has not agreed to."""
    if not post.pk or post.is_published or not _has_author(post):
        return False
    language = changed.get("original_language") or post.original_language
    said = {name: _plain(changed.get(f"{name}_{language}")) for name in WORDS} | {"language": language}
    return bool(post.agreed != said)


def _has_author(post: BlogPost) -> bool:
    """Whether a member sent it in, whose word counts."""
    return Case.objects.about(post).exists()


@dataclass(frozen=True)
class Change:
    before: str
    after: str


def changes_of(post: BlogPost) -> list[Change]:
    """What the editors changed since the member agreed, paragraph by paragraph."""
    if not post.agreed:
        return []
    before, after = _paragraphs(post.agreed), _paragraphs(words_of(post))
    steps = difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    return [Change("\n\n".join(before[a:b]), "\n\n".join(after[c:d])) for tag, a, b, c, d in steps if tag != "equal"]


def _paragraphs(words: Mapping[str, Any]) -> list[str]:
    return [words["title"], words["summary"], *paragraphs_of(words["body"])]


def paragraphs_of(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


# ---------- Remarks in place ----------


@dataclass(frozen=True)
class Place:
    """A paragraph with what was said about it; `text` is empty for remarks on words that are gone."""

    number: int
    text: str
    remarks: list[Any]

    @property
    def is_heading(self) -> bool:
        return self.text.startswith("#")

    @property
    def html(self) -> SafeString:
        return article_html(self.text)


def with_remarks(post: BlogPost) -> Iterator[Place]:
    """The paragraphs of the text in order; at the end, remarks whose paragraph was changed since."""
    left = list(post.remarks.select_related("by"))
    for number, text in enumerate(paragraphs_of(words_of(post)["body"]), 1):
        here = [remark for remark in left if remark.paragraph == text]
        left = [remark for remark in left if remark.paragraph != text]
        yield Place(number, text, here)
    if left:
        yield Place(0, "", left)


def sign_up() -> None:
    services.before_publishing.append(refuse_unagreed)
