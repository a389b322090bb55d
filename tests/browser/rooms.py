"""What must be there before the pages of members and staff have something to show: one of everything, made as the
portal itself would make it. Runs inside the site's own process: `manage.py shell`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

MEMBER, OTHER, EDITOR = "member@demo.example", "other@demo.example", "staff@demo.example"
ADMINISTRATOR = "administrator@demo.example"
LIVE = "zqroom-live"
TYPED = {
    "title": ["Zqroom: water points and pensions"],
    "language": ["en"],
    "type": ["report"],
    "year": ["2024"],
    "organisations": ["ILO"],
    "topics": ["pensions"],
    "places": ["Kenya\nUganda"],
    "abstract": ["What a well is worth."],
    "sharing": ["own"],
}
REFERENCE = b"TY  - RPRT\nTI  - Zqroom imported\nPY  - 2020\nUR  - https://www.example.org/zq\nER  - \n"

if TYPE_CHECKING:
    from content.models import Case
    from members.models import User
    from publications.models import Draft


def add() -> None:
    """Once."""
    people = _people()
    if not people[MEMBER].drafts.exists():
        _begin(people[MEMBER], "Zqroom draft")
        _exchange(people)
        _look_after(people)
        _go_live(people)


def tell() -> None:
    """Print where each page is."""
    print(json.dumps(_addresses(_people())))


def _people() -> dict[str, User]:
    from django.contrib.auth import get_user_model

    return {user.email: user for user in get_user_model().objects.filter(email__endswith="@demo.example")}


def _begin(member: User, title: str) -> Draft:
    from django.core.files.base import ContentFile

    from portal.demo import pdfs
    from publications import uploading

    pages = [[pdfs.Section(heading=title, paragraphs=["Zqroom " * 40])]]
    content = ContentFile(pdfs.make_pdf(title, "Samuel Okello", "en", pages))
    draft = uploading.begin_with_file(by=member, content=content, name="zqroom.pdf")
    uploading.keep_typed(draft=draft, data=TYPED | {"title": [title]}, step="check")
    return draft


def _exchange(people: dict[str, User]) -> None:
    """A contribution that an editor asked about, another that waits, and a message."""

    from content import deciding, review
    from people import conversations
    from publications import uploading

    member, editor = people[MEMBER], people[EDITOR]
    asked = uploading.send_draft(draft=_begin(member, "Zqroom asked about, with a rather long title"), by=member)
    case = review.open_case(asked)
    deciding.ask_for_changes(case=case, by=editor, turn=case.turn, note="Which year is it about?")
    uploading.send_draft(draft=_begin(member, "Zqroom waits for somebody"), by=member)
    message = conversations.send_message(
        by=people[OTHER], to=member, subject="Zqroom question", text="How do you count wells?"
    )
    conversations.report(by=member, about=people[OTHER], reason="spam", text="Zqroom report", message=message)


def _look_after(people: dict[str, User]) -> None:
    """What staff have: an address whose letters came back, and an import."""
    from django.core.files.base import ContentFile

    from notifications import services
    from publications import import_runs
    from taxonomy.models import Licence

    services.suspend(address="gone@example.org", reason="hard", detail="550 5.1.1 No such user")
    import_runs.start_run(
        file=ContentFile(REFERENCE, "zqroom.ris"),
        source="Zqroom",
        licence=Licence.objects.get(slug="link-only"),
        language="en",
        status="draft",
        by=people[ADMINISTRATOR],
    )
    import_runs.work()


def _go_live(people: dict[str, User]) -> None:
    """A webinar that is live as long as the site runs, in which the member is registered and somebody asked."""
    from datetime import timedelta

    from django.utils import timezone

    from webinars import asking, places
    from webinars.models import Stream, Webinar

    now = timezone.now()
    made = Webinar.objects.create(
        slug=LIVE,
        title_en="Zqroom live",
        starts_at=now - timedelta(minutes=5),
        ends_at=now + timedelta(days=2),
        spoken=["en"],
        status="published",
        published_at=now,
    )
    for language in ("en", "fr", "es", "ar"):
        Stream.objects.create(webinar=made, language=language, link="https://youtu.be/igG7-9qcs5A")
    places.register_member(webinar=made, by=people[MEMBER], country=None)
    asking.ask(webinar=made, by=asking.member(people[OTHER]), text="Zqroom: who pays the agents?", language="en")


def _addresses(people: dict[str, User]) -> dict[str, str]:
    """By the name of the page, without language."""
    from django.utils.translation import override

    from content.models import Case
    from notifications import unsubscribing
    from notifications.models import Letter
    from people.models import Message, Report
    from publications.models import ImportRun, Publication
    from webinars.models import Question, Registration

    member, other = people[MEMBER], people[OTHER]
    draft = member.drafts.filter(sent_at=None).order_by("pk")[0]
    upload = f"/discover/publications/upload/{draft.key}"
    asked = Publication.objects.get(title_en__startswith="Zqroom asked about")
    waits = Publication.objects.get(title_en__startswith="Zqroom waits")
    asked_live = Question.objects.get(text__startswith="Zqroom")
    registered = Registration.objects.get(webinar__slug=LIVE, user=member)
    with override("en"):
        own_registration = registered.get_absolute_url().removeprefix("/en")
        stop = unsubscribing.path(member, "message", "en").removeprefix("/en")
    return {
        "profile": f"/connect/members/{other.profile.handle}/",
        "stop letters": stop,
        "own profile": f"/connect/members/{member.profile.handle}/",
        "registered for a webinar": own_registration,
        "webinar: question": f"/learn/webinars/{LIVE}/edit/questions/{asked_live.pk}/",
        "write": f"/connect/members/{other.profile.handle}/write/",
        "block": f"/connect/members/{other.profile.handle}/block/",
        "report a member": f"/connect/members/{other.profile.handle}/report/",
        "message": f"/me/messages/{Message.objects.get(subject='Zqroom question').pk}/",
        "upload: file": f"{upload}/file/",
        "upload: details": f"{upload}/details/",
        "upload: check": f"{upload}/check/",
        "upload: discard": f"{upload}/discard/",
        "contribution": f"/me/contributions/{asked.pk}/",
        "contribution that waits": f"/me/contributions/{waits.pk}/",
        "withdraw": f"/me/contributions/{waits.pk}/withdraw/",
        "unpublished record": f"/discover/publications/{waits.slug}/",
        "case": f"/staff/review/{_case_of(waits).pk}/",
        "case with the member": f"/staff/review/{_case_of(asked).pk}/",
        "late case": f"/staff/review/{Case.objects.waiting().order_by('waiting_since')[0].pk}/",
        "letter": f"/staff/outbox/{Letter.objects.exclude(kind='account').latest('pk').pk}/",
        "import": f"/staff/import/{ImportRun.objects.latest('pk').pk}/",
        "report on a member": f"/staff/reports/{Report.objects.get(text='Zqroom report').pk}/",
    }


def _case_of(record: object) -> Case:
    from content.models import Case

    return Case.objects.get(kind="publication", object_id=record.pk, subject="new")
