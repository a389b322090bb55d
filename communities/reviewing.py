"""What editors are told of somebody's wish for a community before they decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from rapidfuzz import fuzz

from communities.founding import hear_of_step, open_community
from communities.models import Community, Invitation, Membership
from content import review, services, wording
from content.review import Check, Summary
from content.translations import words
from people.directory import name_key

Access = Community.Access
ACCESS = {
    Access.OPEN: gettext_lazy("Open community"),
    Access.REQUEST: gettext_lazy("Community by request"),
    Access.PRIVATE: gettext_lazy("Private community"),
}
ALIKE = 85  # of 100
SHORT_PLAN, SHORT_PURPOSE = 150, 60  # letters, below which there is little to decide by


def _read(records: Sequence[Community]) -> None:
    """What all of this asks of a page of requests, in a fixed number of queries."""
    running = Membership.objects.running().select_related("user")
    invited = Invitation.objects.open().filter(role=Membership.Role.FACILITATOR).select_related("user")
    prefetch_related_objects(
        records,
        "topics",
        "owner",
        Prefetch("memberships", running, to_attr="runners"),
        Prefetch("invitations", invited, to_attr="named"),
    )


def summaries(records: Sequence[Community]) -> Mapping[int, Summary]:
    _read(records)
    return {
        record.pk: Summary(
            kicker=[str(ACCESS[Access(record.access)]), wording.language_names(record.languages)],
            meta=[str(topic) for topic in record.topics.all()],
            text=words(record, "purpose", record.original_language),
        )
        for record in records
    }


def checks(records: Sequence[Community]) -> Mapping[int, Sequence[Check]]:
    _read(records)
    others = list(Community.objects.exclude(status=Community.Status.WITHDRAWN))
    return {record.pk: [*_of_name(record, others), *_of_people(record), *_of_words(record)] for record in records}


def _of_name(record: Community, others: Sequence[Community]) -> Iterator[Check]:
    mine, found = _names(record), False
    for other in others:
        if other.pk != record.pk and any(fuzz.token_sort_ratio(a, b) >= ALIKE for a in mine for b in _names(other)):
            found = True
            yield Check("warn", _("Called alike: %(name)s") % {"name": words(other, "name")}, similar=other)
    if not found:
        yield Check("good", _("No other community is called like it"))


def _names(record: Community) -> list[str]:
    return [name_key(name) for code in settings.MODELTRANSLATION_LANGUAGES if (name := getattr(record, f"name_{code}"))]


def _of_people(record: Community) -> Iterator[Check]:
    people = {one.user for one in record.runners} | {one.user for one in record.named if one.user}  # type: ignore[attr-defined]
    if len(people) < 2:
        yield Check("bad", _("Only one person would run it"))
        return
    yield Check("good", _("Run by %(people)s") % {"people": wording.and_list(sorted(str(one) for one in people))})


def _of_words(record: Community) -> Iterator[Check]:
    for text, least, missing, given in (
        (record.plan, SHORT_PLAN, _("The plan for the first year is short"), _("A plan for the first year")),
        (
            words(record, "purpose", record.original_language).text,
            SHORT_PURPOSE,
            _("The purpose is short"),
            _("Its purpose is told"),
        ),
    ):
        length = len(text.split())
        told = ngettext("%(count)s word", "%(count)s words", length) % {"count": length}
        yield Check("warn", f"{missing} ({told})") if len(text) < least else Check("good", f"{given} ({told})")


def edit_url(record: Community) -> str:
    return reverse("admin:communities_community_change", args=[record.pk])


def member_url(record: Community) -> str:
    return reverse("communities:request", args=[record.pk])


def sign_up() -> None:
    review.register(
        review.Reviewed(
            key="community",
            label=gettext_lazy("Communities"),
            template="communities/_reviewed.html",
            checks=checks,
            summaries=summaries,
            edit_url=edit_url,
            member_url=member_url,
            published_at_once=lambda user: False,
            letters={
                "review/published": "communities/opened",
                "review/declined": "communities/not_opened",
                "review/duplicate": "communities/duplicate",
            },
        )
    )
    services.when_published.append(open_community)
    review.listen(hear_of_step)
