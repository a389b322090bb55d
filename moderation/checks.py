"""What a program can say of a case before a moderator looks, in the same number of queries for one as for twenty."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import wording
from content.review import Check
from moderation import registry, sanctions, trust
from moderation.models import Case, Report, Sanction, Standing

if TYPE_CHECKING:
    from members.models import User

NEW_HERE = 30  # days after which an account is no longer a new one


def checks_of(cases: Sequence[Case], records: Mapping[int, Any]) -> dict[int, list[Check]]:
    """By the case's pk. `records` by the case's pk too."""
    authors = {case.author_id for case in cases if case.author_id}
    standings = {one.user_id: one for one in Standing.objects.filter(user__in=authors)}
    in_force: dict[tuple[int, int, int], list[Sanction]] = defaultdict(list)
    for sanction in Sanction.objects.in_force().filter(user__in=authors):
        in_force[(sanction.user_id, sanction.scope_type_id, sanction.scope_id)].append(sanction)
    reports: dict[int, list[Report]] = defaultdict(list)
    for report in Report.objects.filter(case__in=[case.pk for case in cases]):
        reports[report.case_id].append(report)
    found = {}
    for case in cases:
        checks = list(_of_reports(reports[case.pk]))
        if author := case.author:
            checks += _of_standing(standings.get(author.pk) or Standing(user=author))
            checks += _of_membership(author)
            held = in_force[(author.pk, case.scope_type_id, case.scope_id)]
            checks += [Check("bad", sanctions.title_of(sanction)) for sanction in held]
        if record := records.get(case.pk):
            checks += _of_links(registry.kind(case.kind).links_in(record))
        found[case.pk] = checks
    return found


def _of_reports(reports: Sequence[Report]) -> Iterator[Check]:
    for reason, number in Counter(report.reason for report in reports).most_common():
        label = Report.Reason(reason).label
        counted = ngettext("%(number)s report: %(reason)s", "%(number)s reports: %(reason)s", number)
        yield Check("bad", counted % {"number": wording.number(number), "reason": label})


def _of_standing(standing: Standing) -> Iterator[Check]:
    if standing.accepted:
        counted = ngettext("%(number)s post accepted", "%(number)s posts accepted", standing.accepted)
        tone = "good" if standing.accepted >= trust.FIRST_POSTS else "warn"
        yield Check(tone, counted % {"number": wording.number(standing.accepted)})
    else:
        yield Check("warn", _("No post accepted yet"))
    if standing.removed:
        counted = ngettext("%(number)s post removed", "%(number)s posts removed", standing.removed)
        yield Check("bad", counted % {"number": wording.number(standing.removed)})


def _of_membership(author: User) -> Iterator[Check]:
    is_new = (timezone.now() - author.date_joined).days < NEW_HERE
    yield Check("warn" if is_new else "good", _("Here since %(day)s") % {"day": wording.day(author.date_joined.date())})


def _of_links(hosts: Sequence[str]) -> Iterator[Check]:
    if not hosts:
        yield Check("good", _("No links"))
        return
    counted = ngettext("%(number)s link, to %(hosts)s", "%(number)s links, to %(hosts)s", len(hosts))
    names = wording.listed(list(dict.fromkeys(hosts)))
    tone = "bad" if len(hosts) > trust.MOST_LINKS else "warn"
    yield Check(tone, counted % {"number": wording.number(len(hosts)), "hosts": names})
