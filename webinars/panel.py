"""Links by which panellists answer questions and remark on the summary, without an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from content import wording
from content.actors import acting
from content.text import one_line
from content.translations import words
from notifications import kinds, registry, services
from notifications.kinds import Kind
from webinars import asking
from webinars.models import PanelLink, Panellist, Question, SummaryApproval, SummaryRemark

if TYPE_CHECKING:
    from members.models import User
    from notifications.models import Letter
    from webinars.models import Webinar

PANEL = "webinar_panel"
NOT_NOW = "overtaken"
WORKS_FOR = timedelta(days=21)  # after the webinar, or after it was sent where that is later
MOST_SENT = 5  # letters to one panellist: an address that is mistyped is somebody's
MOST_REMARKS = 100  # of one panellist on one summary


class Refused(ValueError):
    """Nothing was kept; the sentence is for whoever pressed."""


@acting
@transaction.atomic
def send_link(*, panellist: Panellist, email: str, language: str, by: User) -> PanelLink:
    """Write to a panellist: a member at the address of their account, a guest at this one.

    The link that worked before works no longer. Raises Refused.
    """
    held = Panellist.objects.select_for_update(of=("self",)).select_related("user", "webinar").get(pk=panellist.pk)
    if held.panel_links.count() >= MOST_SENT:
        raise Refused(_("This person was written to often enough. Ask them whether a letter has arrived."))
    revoke(panellist=held, by=by)
    now = timezone.now()
    link = PanelLink.objects.create(
        panellist=held,
        email="" if held.user else email.lower(),
        language=held.user.language if held.user else language,
        sent_by=by,
        sent_at=now,
        expires_at=max(now, held.webinar.ends_at) + WORKS_FOR,
    )
    _write(link, held, by)
    return link


def _write(link: PanelLink, panellist: Panellist, by: User) -> None:
    with override(services.spoken(link.language)):
        context = {
            "link": link.pk,
            "name": str(panellist),
            "by": str(by),
            "title": one_line(words(panellist.webinar, "title").text),
            "until": wording.moment(link.expires_at),
            "path": link.get_absolute_url(),
        }
    services.post(
        occasion=f"webinar-panel-{link.pk}",
        to=panellist.user or link.email,
        kind=PANEL,
        template="webinars/panel",
        context=context,
        language=link.language,
    )


@acting
@transaction.atomic
def revoke(*, panellist: Panellist, by: User) -> bool:
    """Their link works no longer, and a letter with it that has not left does not leave. False where there was none."""
    working = list(panellist.panel_links.filter(revoked_at=None))
    for link in working:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        services.cancel(occasion=f"webinar-panel-{link.pk}")
    return bool(working)


@transaction.atomic
def answer(*, link: PanelLink, question: Question, text: str, language: str) -> None:
    """In the name of the panellist, whose account it is where they have one.

    Of two who answer at once the first counts: what is answered is changed by organisers. Raises Refused.
    """
    panellist = link.panellist
    held = Question.objects.select_for_update(of=("self",)).select_related("webinar").get(pk=question.pk)
    if held.is_answered:
        raise Refused(_("Somebody has answered this question already. Ask the organisers to change the answer."))
    asking.answer(question=held, by=panellist.user, name=str(panellist), text=text, language=language)


@transaction.atomic
def remark(*, link: PanelLink, language: str, paragraph: str, text: str) -> SummaryRemark:
    """Said again in the same words about the same paragraph, it is the remark there is. Raises Refused."""
    panellist = Panellist.objects.select_for_update(of=("self",)).select_related("user").get(pk=link.panellist_id)
    theirs = SummaryRemark.objects.filter(panellist=panellist)
    if theirs.count() >= MOST_REMARKS:
        raise Refused(_("You have made many remarks. Write to the organisers instead."))
    said = {"webinar": panellist.webinar, "language": language, "paragraph": paragraph, "text": text}
    made, _is_new = SummaryRemark.objects.get_or_create(
        panellist=panellist, **said, defaults={"name": str(panellist)[:160]}
    )
    return made


@transaction.atomic
def agree(*, link: PanelLink, language: str, words: str) -> SummaryApproval:
    """“I agree with this text”, which `words` names: kept with the moment. Agreed anew, it is about other words."""
    panellist = Panellist.objects.select_for_update(of=("self",)).select_related("user").get(pk=link.panellist_id)
    said = {"webinar": panellist.webinar, "name": str(panellist)[:160], "words": words}
    made, is_new = SummaryApproval.objects.get_or_create(panellist=panellist, language=language, defaults=said)
    if not is_new and made.words != words:
        made.words, made.at = words, timezone.now()
        made.save(update_fields=["words", "at"])
    return made


def of_key(webinar: Webinar, key: str) -> PanelLink | None:
    """The link, whether or not it works."""
    return PanelLink.objects.select_related("panellist__user").filter(panellist__webinar=webinar, key=key).first()


def refusals(letters: Sequence[Letter]) -> dict[int, str]:
    """A link that was taken back, or has expired, is not sent: one query a round."""
    ours = {one.pk: int((one.context or {}).get("link", 0)) for one in letters if one.kind == PANEL}
    if not ours:
        return {}
    working = PanelLink.objects.filter(pk__in=ours.values(), revoked_at=None, expires_at__gt=timezone.now())
    known = set(working.values_list("pk", flat=True))
    return {letter: NOT_NOW for letter, pk in ours.items() if pk not in known}


def forget_old(*, days: int) -> int:
    """Links that stopped working so many days ago, with the addresses they were sent to."""
    number, _rows = PanelLink.objects.filter(expires_at__lt=timezone.now() - timedelta(days=days)).delete()
    return number


def sign_up() -> None:
    kinds.register(Kind(PANEL, _("My part in the panel of a webinar"), on_page=False))
    registry.refuse_together(refusals)
