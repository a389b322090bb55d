"""What editors are told of a text that a member wrote for the blog, before they decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blog import pieces
from blog.models import BlogPost
from content import review, wording
from content.review import Check, Summary
from content.translations import words

KEY = "post"
SHORT, LONG = 300, 2000  # words


def summaries(records: Sequence[BlogPost]) -> Mapping[int, Summary]:
    prefetch_related_objects(records, "topics", "countries")
    return {
        record.pk: Summary(
            kicker=[record.get_kind_display(), wording.written_in([record.original_language])],
            meta=[str(term) for term in (*record.topics.all(), *record.countries.all())],
            text=words(record, "summary", record.original_language),
        )
        for record in records
    }


def checks(records: Sequence[BlogPost]) -> Mapping[int, Sequence[Check]]:
    prefetch_related_objects(records, "topics", "series")
    return {record.pk: list(_of(record)) for record in records}


def _of(record: BlogPost) -> Iterator[Check]:
    if record.agreed:
        agreed = pieces.is_agreed(record)
        said = _("Its author agrees to the text as it is") if agreed else _("Changed since its author agreed to it")
        yield Check("good" if agreed else "bad", said)
    length = len(pieces.words_of(record)["body"].split())
    told = ngettext("%(count)s word", "%(count)s words", length) % {"count": wording.number(length)}
    yield Check("good" if SHORT <= length <= LONG else "warn", told)
    if record.series:
        yield Check("good", _("In the series %(title)s") % {"title": words(record.series, "title")})
    else:
        yield Check("warn", _("In no series yet"))
    if not record.topics.all():
        yield Check("warn", _("No topic: nobody who follows one hears of it"))


def edit_url(record: BlogPost) -> str:
    return reverse("admin:blog_blogpost_change", args=[record.pk])


def member_url(record: BlogPost) -> str:
    """Of what a member sent in; a draft of the editors has no other page."""
    return reverse("blog:piece", args=[record.pk]) if record.agreed else record.get_absolute_url()


def sign_up() -> None:
    review.register(
        review.Reviewed(
            key=KEY,
            label=gettext_lazy("Blog"),
            template="blog/_reviewed.html",
            checks=checks,
            summaries=summaries,
            edit_url=edit_url,
            member_url=member_url,
            published_at_once=lambda user: False,
        )
    )
