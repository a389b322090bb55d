"""What webinars hold about a person: which they proposed and may edit, and on whose panels they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content import caching
from content.privacy import entries
from members import erasure
from members.erasure import Holding, Row, forget_trail
from webinars import places
from webinars.asking import ASKED
from webinars.lists import KIND
from webinars.models import (
    Material,
    Organiser,
    PanelLink,
    Panellist,
    Question,
    Recording,
    Registration,
    ReminderRound,
    SummaryApproval,
    SummaryRemark,
    Vote,
    Webinar,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from members.models import User
    from webinars.querysets import RegistrationQuerySet

_COUNTED = _("That somebody from this country and sector registered, without name and address.")


def _remove(webinar: Webinar) -> None:
    shown = (webinar.streams, webinar.recordings, webinar.materials)
    said = (webinar.questions, webinar.summary_remarks, webinar.summary_approvals)
    for rows in [one.all() for one in (webinar.panellists, webinar.organisers, *shown, *said)]:
        forget_trail(rows.model, rows.values_list("pk", flat=True))
    webinar.delete()


def _organised(user: User) -> Iterator[Row]:
    for row in Organiser.objects.filter(user=user).select_related("webinar").order_by("pk").iterator():
        yield {"webinar": str(row.webinar), "since": row.since}


def _panels(user: User) -> Iterator[Row]:
    for row in Panellist.objects.filter(user=user).select_related("webinar").order_by("pk").iterator():
        yield {"webinar": str(row.webinar), "role": row.role, "affiliation": row.affiliation}


def _forget_organised(user: User) -> None:
    rows = Organiser.objects.filter(user=user)
    forget_trail(Organiser, rows.values_list("pk", flat=True))
    rows.delete()


def _forget_panels(user: User) -> None:
    rows = Panellist.objects.filter(user=user)
    forget_trail(Panellist, rows.values_list("pk", flat=True))
    rows.delete()
    caching.bump(KIND)


def registrations_of(user: User) -> RegistrationQuerySet:
    """By their account, or by an address of theirs."""
    addresses = EmailAddress.objects.filter(user=user).annotate(low=Lower("email")).values_list("low", flat=True)
    return Registration.objects.filter(Q(user=user) | Q(email__in={*addresses, user.email.lower()}))


def _registered(user: User) -> Iterator[Row]:
    rows = registrations_of(user).select_related("webinar", "country")
    for row in rows.order_by("pk").iterator():
        yield {
            "webinar": str(row.webinar),
            "name": row.name,
            "email": row.email,
            "country": str(row.country or ""),
            "sector": row.sector,
            "language": row.language,
            "time_zone": row.zone,
            "state": row.state,
            "registered_at": row.registered_at,
            "confirmed_at": row.confirmed_at,
            "consented_at": row.consented_at,
            "consent_version": row.consent_version,
            "ended_at": row.ended_at,
        }


def _forget_registered(user: User) -> None:
    """Whoever was to come does not; that somebody registered is counted."""
    for row in registrations_of(user).current().filter(webinar__ends_at__gt=timezone.now()).select_related("webinar"):
        places.cancel(registration=row)
    registrations_of(user).update(name="", email="", user=None, zone="UTC")


def _brought(user: User) -> Iterator[Row]:
    for model in (Recording, Material):
        for row in model.objects.filter(by=user).select_related("webinar").order_by("pk").iterator():
            yield {"webinar": str(row.webinar), "what": str(model._meta.verbose_name), "at": row.at}


def _forget_brought(user: User) -> None:
    for model in (Recording, Material):
        model.objects.filter(by=user).update(by=None)


def _theirs(user: User) -> Q:
    """Questions and votes by their account, or by the link of a registration of theirs."""
    return Q(user=user) | Q(registration__in=registrations_of(user))


def _asked(user: User) -> Iterator[Row]:
    for row in Question.objects.filter(_theirs(user)).select_related("webinar").order_by("pk").iterator():
        yield {
            "webinar": str(row.webinar),
            "question": row.text,
            "language": row.language,
            "asked_at": row.asked_at,
            "hidden_reason": row.hidden_reason,
        }
    for vote in Vote.objects.filter(_theirs(user)).select_related("question__webinar").order_by("pk").iterator():
        yield {"webinar": str(vote.question.webinar), "voted_for": vote.question.text, "at": vote.at}
    for row in Question.objects.filter(answered_by=user).select_related("webinar").order_by("pk").iterator():
        yield {"webinar": str(row.webinar), "answered": row.text, "answer": row.answer, "at": row.answered_at}


def _forget_asked(user: User) -> None:
    """Signed up after registrations, and so erased before these lose the address by which they are found."""
    rows = Question.objects.filter(_theirs(user) | Q(answered_by=user) | Q(hidden_by=user))
    forget_trail(Question, rows.values_list("pk", flat=True))
    # In a fixed list: what the first statement changes, the second would not find.
    votes = list(Vote.objects.filter(_theirs(user)).values_list("pk", flat=True))
    Vote.objects.filter(pk__in=votes).update(user=None, registration=None)
    asked = list(Question.objects.filter(_theirs(user)).values_list("pk", flat=True))
    Question.objects.filter(pk__in=asked).update(user=None, registration=None)
    Question.objects.filter(answered_by=user, answered_name=str(user)).update(answered_name="")
    Question.objects.filter(answered_by=user).update(answered_by=None)
    Question.objects.filter(hidden_by=user).update(hidden_by=None)
    caching.bump(ASKED)


def _links_of(user: User) -> QuerySet[PanelLink]:
    """Links of panels they are on, by their account or by an address of theirs."""
    addresses = EmailAddress.objects.filter(user=user).annotate(low=Lower("email")).values_list("low", flat=True)
    return PanelLink.objects.filter(Q(panellist__user=user) | Q(email__in={*addresses, user.email.lower()}))


def _said_of(user: User) -> Q:
    """Remarks and agreements of the panellists that they were: by account, by the address of a link, and by name where
    they were taken off the panel."""
    theirs = Q(panellist__user=user) | Q(panellist__panel_links__in=_links_of(user))
    return theirs | Q(panellist=None, name=str(user))


def _on_summaries(user: User) -> Iterator[Row]:
    for link in _links_of(user).select_related("panellist__webinar").order_by("pk").iterator():
        yield {"webinar": str(link.panellist.webinar), "written_to": link.email, "link_sent_at": link.sent_at}
    for remark in SummaryRemark.objects.filter(_said_of(user)).select_related("webinar").distinct().order_by("pk"):
        yield {"webinar": str(remark.webinar), "about": remark.paragraph, "remark": remark.text, "at": remark.at}
    for one in SummaryApproval.objects.filter(_said_of(user)).select_related("webinar").distinct().order_by("pk"):
        yield {"webinar": str(one.webinar), "agreed_with_the_summary_in": one.language, "at": one.at}
    for link in PanelLink.objects.filter(sent_by=user).select_related("panellist__webinar").order_by("pk").iterator():
        yield {"webinar": str(link.panellist.webinar), "sent_a_link_to_a_panellist_at": link.sent_at}


def _forget_on_summaries(user: User) -> None:
    """Signed up after panels, and so erased before links go with these. What was said stays without a name."""
    for model in (SummaryRemark, SummaryApproval):
        keys = list(model._default_manager.filter(_said_of(user)).values_list("pk", flat=True))
        forget_trail(model, keys)
        model._default_manager.filter(pk__in=keys).update(panellist=None, name="")
    _links_of(user).delete()
    PanelLink.objects.filter(sent_by=user).update(sent_by=None)


def sign_up() -> None:
    """Erased from the last to the first: what finds somebody by a row comes after what erases the address in it."""
    erasure.harmless(ReminderRound, "That reminders were planned; nobody's name.")
    for holding in (*_in_the_audience(), *_at_work()):
        erasure.register(holding)


def _in_the_audience() -> Iterator[Holding]:
    label = _("Webinars you registered for")
    yield Holding("registrations", label, (Registration,), _registered, _forget_registered, keeps=_COUNTED)
    yield Holding(
        "webinar_questions",
        _("Your questions and votes in webinars"),
        (Question, Vote),
        _asked,
        _forget_asked,
        keeps=_("What you asked and answered, without your name, and that somebody voted."),
    )


def _at_work() -> Iterator[Holding]:
    yield entries("webinars", _("Webinars you proposed"), Webinar, remove=_remove)
    yield Holding("organised", _("Webinars you may edit"), (Organiser,), _organised, _forget_organised)
    yield Holding("panels", _("Panels you were on"), (Panellist,), _panels, _forget_panels)
    yield Holding(
        "webinar_summaries",
        _("Links to panels, and what you said of summaries"),
        (PanelLink, SummaryRemark, SummaryApproval),
        _on_summaries,
        _forget_on_summaries,
        keeps=_("Your remarks on a summary and that you agreed with it, without your name."),
    )
    yield Holding(
        "webinar_outcomes",
        _("Recordings and files you brought to webinars"),
        (Recording, Material),
        _brought,
        _forget_brought,
        keeps=_("What you brought, without your name."),
    )
