"""From a webinar to its summary on the blog: drafted in one press, remarked on, published, discussed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from blog.models import BlogAuthor, BlogPost
from blog.pieces import Place, paragraphs_of
from blog.services import Named, NewPost, draft_post, save_post
from content import caching, wording, zones
from content import services as content
from content.actors import acting
from content.text import one_line
from content.translations import words
from discussions.services import open_answers
from webinars import places, question_letters
from webinars.attendance import counts
from webinars.lists import KIND
from webinars.models import Material, Panellist, Question, Webinar

if TYPE_CHECKING:
    from datetime import datetime

    from communities.models import Community
    from content.models import Entry
    from members.models import User

MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
LONGEST_ANSWERS = 30_000  # characters of them in a draft: a post holds twice as many
TERMS = ("topics", "countries", "regions", "goals")
Credit = BlogAuthor.Credit
WORDS = ("title", "summary", "body")


class NotYet(ValueError):
    """It cannot be drafted; the sentence says why."""


def why_not(webinar: Webinar) -> str:
    """Why there can be no summary. Empty where there can."""
    if not webinar.is_published or webinar.cancelled_at or not webinar.is_over:
        return _("A summary is drafted after the webinar.")
    if webinar.is_private:
        return _("The blog is public, and this webinar is of a private community.")
    return ""


# ---------- Drafted ----------


@acting
@transaction.atomic
def draft_summary(*, webinar: Webinar, by: User) -> BlogPost:
    """A post with everything that is known, in each language that the webinar has words in. Pressed twice: the one
    there is. Raises NotYet.
    """
    held = places.hold(webinar)
    if held.summary_post is not None:
        return held.summary_post
    if refused := why_not(held):
        raise NotYet(refused)
    panel = list(held.panellists.with_people())
    languages = [code for code in settings.MODELTRANSLATION_LANGUAGES if getattr(held, f"title_{code}")]
    post = draft_post(
        new=NewPost(
            title={code: getattr(held, f"title_{code}") for code in languages},
            summary={code: getattr(held, f"summary_{code}") or "" for code in languages},
            body={code: body(held, panel, code) for code in languages},
            kind=BlogPost.Kind.SUMMARY,
            original_language=held.original_language,
            authors=[_named(one) for one in panel],
            related=[held, *([held.community] if held.community else [])],
            terms={name: list(getattr(held, name).all()) for name in TERMS},
        ),
        by=by,
    )
    held.summary_post = post
    held.save(update_fields=["summary_post"])
    webinar.summary_post = post
    return post


def _named(one: Panellist) -> Named:
    name = "" if one.user else one.name
    affiliation = one.affiliation or (str(one.organisation) if one.organisation else "")
    credit = Credit.MODERATOR if one.role == Panellist.Role.MODERATOR else Credit.PANELLIST
    return Named(user=one.user, name=name, affiliation=affiliation[:160], credit=credit)


def body(webinar: Webinar, panel: list[Panellist], language: str) -> str:
    """Markdown in one language: what is known already, with a heading under which the editor writes."""
    with override(language):
        parts = [
            _facts(webinar),
            f"## {_('What was said')}",
            _to_write(),
            *_headed(_("Panel"), "\n".join(f"- {_person(one)}" for one in panel)),
            *_headed(_("See, hear and read it"), "\n".join(_links(webinar))),
            *_headed(_("Questions and answers"), "\n\n".join(_answers(webinar))),
        ]
    return "\n\n".join(parts)


def _to_write() -> str:
    return _("(Write here what was said.)")


def _headed(heading: str, text: str) -> list[str]:
    return [f"## {heading}", text] if text else []


def _facts(webinar: Webinar) -> str:
    day = zones.read(webinar.starts_at, webinar.zone).day
    said = {"day": day, "title": _linked(words(webinar, "title").text, webinar.get_absolute_url())}
    first = _("The webinar %(title)s took place on %(day)s.") % said
    number = places.number_registered(webinar)
    second = [_("People who registered: %(number)s.") % {"number": number}] if number else []
    if came := counts.public(webinar):
        second.append(_("People who came: %(number)s.") % {"number": came.attended})
    series = webinar.series
    third = (
        [
            _("It belongs to the series %(series)s.")
            % {"series": _linked(words(series, "title").text, series.get_absolute_url())}
        ]
        if series and not (series.community and series.community.is_private)
        else []
    )
    return " ".join([first, *second, *third])


def _person(one: Panellist) -> str:
    where = one.affiliation or (words(one.organisation, "name").text if one.organisation else "")
    return ", ".join(plain(part) for part in (str(one), where) if part)


def _links(webinar: Webinar) -> Iterator[str]:
    for recording in webinar.recordings.all():
        name = _("Recording in %(language)s") % {"language": wording.language_name(recording.language)}
        yield f"- {_linked(name, f'{webinar.get_absolute_url()}?play={recording.language}#recording')}"
    for one in webinar.materials.select_related("file"):
        if one.kind == Material.Kind.TRANSCRIPT:
            name = _("Transcript in %(language)s") % {"language": wording.language_name(one.language)}
            yield f"- {_linked(name, f'{webinar.get_absolute_url()}transcript/{one.language}/')}"
        elif one.kind != Material.Kind.AUDIO:
            name = _("%(kind)s: %(name)s") % {"kind": one.get_kind_display(), "name": one.name}
            yield f"- {_linked(name, one.file.get_absolute_url())}"


def _answers(webinar: Webinar) -> Iterator[str]:
    """The most wanted first, as many as a post holds beside what was said."""
    left = LONGEST_ANSWERS
    for question in webinar.questions.shown().answered().by_votes():
        said = "\n\n".join([f"### {plain(question.text)}", *_answer(question)])
        left -= len(said)
        if left < 0:
            yield _linked(_("All questions and answers"), f"{webinar.get_absolute_url()}questions/")
            return
        yield said


def _answer(question: Question) -> Iterator[str]:
    if question.was_answered_live:
        yield _("Answered live, in the webinar.")
        return
    yield from (plain(part) for part in question.answer.replace("\r\n", "\n").split("\n\n") if part.strip())
    if question.answered_name:
        yield _("Answered by %(name)s") % {"name": plain(question.answered_name)}


def plain(text: str) -> str:
    """Words of other people, none of which turn into links, pictures or headings of ours."""
    return MARKS.sub(r"\\\1", one_line(text))


def _linked(text: str, path: str) -> str:
    """With the portal's own address: what is published also travels in feeds."""
    return f"[{plain(text)}]({settings.PORTAL_BASE_URL}{path})"


# ---------- Remarked on ----------


def languages_of(post: BlogPost) -> list[str]:
    return [code for code in settings.MODELTRANSLATION_LANGUAGES if getattr(post, f"body_{code}")]


def fingerprint(post: BlogPost, language: str) -> str:
    """Names the text in one language, in the form that agrees with it and in what was agreed."""
    said = [(getattr(post, f"{name}_{language}") or "").replace("\r\n", "\n").strip() for name in WORDS]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Agreed:
    name: str
    at: datetime
    is_of_now: bool  # the text has not changed since


def agreed(webinar: Webinar, post: BlogPost, language: str) -> list[Agreed]:
    now = fingerprint(post, language)
    return [Agreed(one.name, one.at, one.words == now) for one in webinar.summary_approvals.filter(language=language)]


def with_remarks(webinar: Webinar, post: BlogPost, language: str) -> Iterator[Place]:
    """The paragraphs in one language in order; at the end, remarks whose paragraph was changed since."""
    left = list(webinar.summary_remarks.filter(language=language))
    for number, text in enumerate(paragraphs_of(getattr(post, f"body_{language}") or ""), 1):
        here = [one for one in left if one.paragraph == text]
        left = [one for one in left if one.paragraph != text]
        yield Place(number, text, here)
    if left:
        yield Place(0, "", left)


# ---------- Published ----------


def unwritten(post: BlogPost) -> list[str]:
    """Languages in which the draft still waits for somebody to write what was said."""
    found = []
    for code in languages_of(post):
        with override(code):
            if _to_write() in getattr(post, f"body_{code}"):
                found.append(code)
    return found


@acting
@transaction.atomic
def publish_summary(*, webinar: Webinar, by: User) -> BlogPost:
    """Make it public in the languages in which somebody has written; drafts in others go. Raises NotReady."""
    post = BlogPost.objects.select_for_update().get(pk=webinar.summary_post_id or 0)
    left_out = unwritten(post)
    written = [code for code in languages_of(post) if code not in left_out]
    if not written:
        raise content.NotReady(_("Nobody has written yet what was said. Edit the post first."))
    for field in (f"{name}_{code}" for code in left_out for name in WORDS):
        setattr(post, field, "")
    if post.original_language in left_out:
        post.original_language = written[0]
    save_post(post=post, by=by)
    content.publish(record=post, by=by)
    return post


def refuse_unready(record: Entry) -> None:
    """Heard before a post becomes public. Raises NotReady."""
    webinar = _summed_up(record)
    if webinar is None or not isinstance(record, BlogPost):
        return
    if webinar.is_private:
        raise content.NotReady(_("The blog is public, and this webinar is of a private community."))
    if waiting := unwritten(record):
        raise content.NotReady(
            _("In %(language)s, nobody has written yet what was said. Write it, or empty that text.")
            % {"language": wording.language_name(waiting[0])}
        )


def _summed_up(record: Entry) -> Webinar | None:
    """The webinar whose summary a record is."""
    if not isinstance(record, BlogPost):
        return None
    return Webinar.objects.select_related("community").filter(summary_post=record).first()


def goes_on_in(webinar: Webinar) -> Community | None:
    """Where the questions are discussed after the webinar: a community in which everybody reads, and that goes on."""
    community = webinar.community
    if community is None or not (community.is_published and community.is_open) or community.is_archived:
        return None
    return community


def go_on_in_community(record: Entry) -> None:
    """Heard when a post becomes public. The questions of a webinar that a community held become one discussion there,
    a post each, which is the discussion below the summary; whoever asked is told once.
    """
    webinar = _summed_up(record)
    if not isinstance(record, BlogPost) or webinar is None:
        return
    caching.bump(KIND)  # its page leads to the summary now
    community = goes_on_in(webinar)
    if record.thread_id is not None or community is None or record.owner is None:
        return
    questions = list(webinar.questions.shown().by_votes())
    if not questions:
        return
    with override(record.original_language):
        posts = [(_beginning(webinar, record), record.original_language)]
        posts += [(_post(one), one.answer_language or one.language) for one in questions]
        title = pgettext("title of a discussion", "Questions to the webinar: %(title)s") % _titled(webinar)
    thread, made = open_answers(
        place=community, title=title, language=record.original_language, author=record.owner, posts=posts
    )
    for question, post in zip(questions, made[1:], strict=True):
        question.post = post
    Question.objects.bulk_update(questions, ["post"])
    record.thread = thread
    record.save(update_fields=["thread"])
    question_letters.tell_discussed(webinar, thread)


def _titled(webinar: Webinar) -> dict[str, Any]:
    return {"title": words(webinar, "title").text}


def _beginning(webinar: Webinar, post: BlogPost) -> str:
    title = _linked(words(webinar, "title").text, webinar.get_absolute_url())
    summary = _linked(_("summary"), post.get_absolute_url())
    return _(
        "These are the questions to the webinar %(title)s, and the answers. Read the %(summary)s, and go on here."
    ) % {
        "title": title,
        "summary": summary,
    }


def _post(question: Question) -> str:
    with override(question.answer_language or question.language):
        answer = list(_answer(question)) if question.is_answered else [_("It has no answer yet. Do you have one?")]
        return "\n\n".join([f"**{plain(question.text)}**", *answer])


def sign_up() -> None:
    """Before the blog's own listener, which gives a post a discussion of its own where it has none."""
    content.before_publishing.append(refuse_unready)
    content.when_published.insert(0, go_on_in_community)
