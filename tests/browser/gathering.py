"""Communities, discussions and cases of the demonstration, and where their pages are. What somebody must have written,
changed and lost before their own pages have something to show is done as the portal does it. Runs inside the site's own
process: `manage.py shell`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.browser.rooms import MEMBER, OTHER

if TYPE_CHECKING:
    from communities.models import Community
    from discussions.models import Post
    from moderation.models import Case

MODERATOR = "community-admin@demo.example"
PEOPLE = "/connect/communities"
OPEN, ASKING = "social-protection-in-crisis-contexts", "gender-sensitive-social-protection"
RUN, OVER = "social-protection-for-employment", "conference-on-fragility-and-forced-displacement"
CHANGED, LOST = "Zqgather: it is four apps now.", "Zqgather: whoever drives knows less than whoever rides."


def add() -> None:
    """Once: words of the member that were changed, and others that a moderator removed."""
    from discussions import services
    from discussions.models import Post, Thread
    from members.models import User
    from moderation import deciding

    if Post.objects.filter(text=LOST).exists():
        return
    member, moderator = (User.objects.get(email=address) for address in (MEMBER, MODERATOR))
    thread = Thread.objects.get(title__startswith="Unemployment protection for people who work through an app")
    first, second = (
        services.write_post(by=member, thread=thread, typed=services.Typed(text, "en"))
        for text in ("Zqgather: three apps.", LOST)
    )
    services.edit_post(by=member, post=first, text=CHANGED, language="en")
    case = deciding.take_up(record=second, by=moderator)
    deciding.decide(case=case, by=moderator, turn=case.turn, decision="removed", reason="Zqgather: it helps nobody.")


def tell() -> None:
    """Print where each page is, by its name, without language."""
    print(json.dumps(_in_communities() | _in_discussions() | _in_moderation() | _in_webinars()))


def _in_communities() -> dict[str, str]:
    from communities.models import Invitation

    here, run = f"{PEOPLE}/{OPEN}", f"{PEOPLE}/{RUN}"
    document = _community(OPEN).documents.get(title__startswith="Before the season")
    somebody = _community(RUN).memberships.get(user__display_name="Kofi Mensah")
    invitation = Invitation.objects.get(address="p.ferrand@agency.example")
    return {
        "community": f"{here}/",
        "community: about": f"{here}/about/",
        "community: documents": f"{here}/documents/",
        "community: document": f"{here}/documents/{document.pk}/",
        "community: shelf": f"{here}/shelf/",
        "community by request": f"{PEOPLE}/{ASKING}/",
        "archived community": f"{PEOPLE}/{OVER}/",
        "join a community": f"{PEOPLE}/{ASKING}/join/",
        "leave a community": f"{here}/leave/",
        "invitation": f"{PEOPLE}/invitations/{invitation.key}/",
        "add a document": f"{here}/documents/add/",
        "community: members": f"{run}/members/",
        "community: somebody": f"{run}/members/{somebody.pk}/",
        "community: invite": f"{run}/members/invite/",
        "community: settings": f"{run}/edit/",
        "community: texts": f"{run}/edit/fr/",
        "community: archive": f"{run}/archive/",
    }


def _in_webinars() -> dict[str, str]:
    """What a registrant is asked who has not answered, and a report that was read and not imported."""
    from django.core.files.base import ContentFile

    from members.models import User
    from webinars.attendance import importing
    from webinars.models import Webinar

    over = Webinar.objects.get(slug="registers-that-people-can-correct")
    row = over.registrations.order_by("pk").last()
    report = over.attendance_imports.filter(imported_at=None).first()
    if report is None:
        content = ContentFile(b"Name,Email,Minutes\nRosa,rosa@world.example,ten\n,,3\n", "report.csv")
        report = importing.read_file(webinar=over, content=content, by=User.objects.filter(is_staff=True)[0])
    here = f"/learn/webinars/{over.slug}"
    return {
        "after a webinar": f"{here}/mine/{row.key}/feedback/",
        "webinar: a report": f"{here}/edit/attendance/{report.pk}/",
    }


def _in_discussions() -> dict[str, str]:
    from discussions.models import Post

    posts = Post.objects.select_related("thread")
    asked = posts.get(thread__title__startswith="Paying people where there is no network", number=1)
    answer = posts.get(thread=asked.thread, author__email=OTHER)
    changed = posts.get(text=CHANGED)
    here = _path(asked)
    return {
        "discussion": here,
        "start a discussion": f"{PEOPLE}/{OPEN}/discussions/start/",
        "reply": f"{here}reply/?quote={answer.pk}",
        "edit a post": f"{here}posts/{asked.pk}/edit/",
        "history of a post": f"{_path(changed)}posts/{changed.pk}/history/",
        "translate a post": f"{here}posts/{answer.pk}/translate/",
        "report a post": f"/connect/moderation/report/post/{answer.pk}/",
    }


def _in_moderation() -> dict[str, str]:
    from discussions.models import Post
    from moderation.models import Case

    here = "/connect/moderation"
    lost = Post.objects.get(text=LOST)
    hidden = Post.objects.get(state="hidden", author__display_name="Sunita Thapa")
    waits = Post.objects.get(state="waiting", author__display_name="Funding Fast Track")
    return {
        "decision about me": f"{here}/decisions/{_last(Case.objects.about(lost)).pk}/",
        "discussion with cases": _path(waits),
        "case with reports": f"{here}/{_last(Case.objects.about(hidden)).pk}/",
        "sanction": f"{here}/{_last(Case.objects.about(waits)).pk}/member/",
    }


def _community(slug: str) -> Community:
    from communities.models import Community

    return Community.objects.get(slug=slug)


def _last(cases: object) -> Case:
    return cases.latest("pk")  # type: ignore[attr-defined]


def _path(post: Post) -> str:
    from django.utils.translation import override

    with override("en"):
        return post.thread.get_absolute_url().removeprefix("/en")
