"""Three questions after a webinar, put to each registrant once, and the letter that thanks them and leads there.

The survey is the row that says so: whoever writes it, in the transaction that plans the letters, plans them all; a
second worker finds it there (docs/adr/0033). It is anonymous: that a registration answered is known, what it answered
is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from content.text import one_line
from content.translations import words
from notifications import kinds, registry, services
from notifications.kinds import Kind
from surveys.models import Question, Survey
from surveys.services import Respondent
from webinars import letters
from webinars.models import Registration, Webinar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from notifications.models import Letter

THANKS = "webinar_thanks"
OPEN_FOR = timedelta(days=30)
BACK = timedelta(days=2)  # how long the schedule may have been away
QUESTIONS = (  # kind, whether it has to be answered, words
    (Question.Kind.SCALE, True, gettext_lazy("How useful was the webinar for your work?")),
    (Question.Kind.SCALE, True, gettext_lazy("How well could you follow it: language, sound, pace?")),
    (Question.Kind.TEXT, False, gettext_lazy("What should we do differently, or take up next?")),
)


def sign_up() -> None:
    kinds.register(Kind(THANKS, gettext_lazy("Thanks and questions after a webinar"), on_page=False))
    registry.refuse_together(refusals)


def survey_of(webinar: Webinar) -> Survey | None:
    return Survey.objects.about(webinar).filter(audience=Survey.Audience.INVITED).first()


def respondent(row: Registration) -> Respondent:
    """Whoever registered, not their link: a link that is passed on is one answer still."""
    return Respondent(key=f"registration:{row.pk}")


def may_answer(row: Registration) -> bool:
    """Whoever had a place, or was seen."""
    return row.is_in or row.attendances.filter(batch__imported_at__isnull=False).exists()


def is_open_to(row: Registration) -> bool:
    survey = survey_of(row.webinar) if row.webinar.is_over else None
    return survey is not None and survey.is_open and may_answer(row)


# ---------- The end of a webinar ----------


def open_due() -> int:
    """Ask about the webinars that have ended and were not asked about yet. How many letters there were."""
    now = timezone.now()
    ended = Webinar.objects.filter(
        ends_at__lte=now, ends_at__gt=now - BACK, cancelled_at=None, status=Webinar.Status.PUBLISHED
    )
    slugs = {slug_of(pk): pk for pk in ended.order_by("ends_at").values_list("pk", flat=True)}
    done = set(Survey.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    return sum(_open(pk) for slug, pk in slugs.items() if slug not in done)


def slug_of(pk: int) -> str:
    return f"feedback-on-webinar-{pk}"


@transaction.atomic
def _open(pk: int) -> int:
    """One round, while the webinar is held. Without anybody to ask there is none."""
    webinar = Webinar.objects.select_for_update().get(pk=pk)
    if webinar.cancelled_at or not webinar.is_over or Survey.objects.filter(slug=slug_of(pk)).exists():
        return 0
    rows = letters.allowed(webinar, webinar.registrations.reminded())
    if not rows.exists():
        return 0
    open_survey(webinar)
    planned = list(_letters(webinar, rows))
    services.post_each(planned)
    return len(planned)


def open_survey(webinar: Webinar) -> Survey:
    """The three questions about one webinar, in each language, for thirty days from its end."""
    titles = {f"title_{code}": _title(webinar, code) for code in settings.MODELTRANSLATION_LANGUAGES}
    survey = Survey.objects.create(
        slug=slug_of(webinar.pk),
        **titles,
        audience=Survey.Audience.INVITED,
        results=Survey.Results.EDITORS,
        is_anonymous=True,
        is_ready=True,
        opens_at=webinar.ends_at,
        closes_at=webinar.ends_at + OPEN_FOR,
        subject=webinar,
    )
    for position, (kind, is_required, text) in enumerate(QUESTIONS, 1):
        survey.questions.create(position=position, kind=kind, is_required=is_required, **_translated(text))
    return survey


def _title(webinar: Webinar, code: str) -> str:
    with override(code):
        return (_("After the webinar: %(title)s") % {"title": words(webinar, "title").text})[:200]


def _translated(text: Any) -> dict[str, str]:
    found = {}
    for code in settings.MODELTRANSLATION_LANGUAGES:
        with override(code):
            found[f"text_{code}"] = str(text)
    return found


# ---------- The letter ----------


def _letters(webinar: Webinar, rows: Any) -> Iterator[Mapping[str, Any]]:
    """Once each, by the occasion, to the address they registered with."""
    for row in rows:
        with override(services.spoken(row.language)):
            context = {
                "registration": row.pk,
                "name": row.name,
                "title": one_line(words(webinar, "title").text),
                "path": reverse("webinars:feedback", args=[webinar.slug, row.key]),
                "page": webinar.get_absolute_url(),
                "days": OPEN_FOR.days,
            }
        yield {
            "occasion": f"webinar-{webinar.pk}-thanks-{row.pk}",
            "to": row.email,
            "kind": THANKS,
            "template": "webinars/thanks",
            "context": context,
            "language": row.language,
        }


def refusals(planned: Sequence[Letter]) -> dict[int, str]:
    """Of a webinar that was withdrawn meanwhile, of questions that are closed, of a registration that lost its name."""
    return letters.overtaken(planned, (THANKS,), _is_asked)


def _is_asked(_letter: Letter, row: Registration) -> bool:
    webinar, now = row.webinar, timezone.now()
    is_time = webinar.ends_at <= now < webinar.ends_at + OPEN_FOR
    return is_time and row.is_in and webinar.is_published and webinar.cancelled_at is None
