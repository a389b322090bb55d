"""What one member keeps to themselves, of every kind there is, with words by which it would be recognised elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from auditlog.models import LogEntry
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from content.models import Case, ReviewStep
from content.services import about
from members.models import Consent, DataExport
from notifications.models import Follow, Letter, Notice, Suppression
from people.models import Block, Message, Profile, Report
from publications.models import Draft, ImportRun, ImportVerdict
from publications.uploading import MOST_DRAFTS
from stakeholders.models import Affiliation
from tests import factories

if TYPE_CHECKING:
    from tests.world import World

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
FIELDS = ("position", "biography", "link", "orcid", "role", "name")


def word(whose: str, part: str) -> str:
    """Letters only, so that every analyser keeps it whole, and nowhere else in the house."""
    return f"zk{whose.replace('_', '')}{part}wq"


@dataclass
class Private:
    draft: Draft | None = None
    sent: Draft | None = None  # one that became the publication in review
    correction: Draft | None = None
    alike: Draft | None = None  # of something that is hidden
    photo: Any = None  # of the member whom only members find anything about
    report: Report | None = None
    message: Message | None = None
    reply: Message | None = None  # to the member, from the other one
    to_blocked: Message | None = None
    profiles: dict[str, Profile] = field(default_factory=dict)


# By whom they may be read: the member alone (and, of some, the staff), every member, the two who write to each other.
MEMBERS_OWN = (
    *(word("member", part) for part in FIELDS if part != "name"),
    *(word("member", part) for part in ("drafttitle", "draftabstract", "draftnote", "draftfile", "draftpage")),
    *(word("member", part) for part in ("said", "answered", "correctiontitle", "correctionnote")),
    *(word("member", part) for part in ("thread", "post", "postfile", "unsent", "unsentfile")),
    *(word("member", part) for part in ("letter", "code", "notice", "export", "consent", "unwanted")),
)
PARTS_DONE = 7351  # of the export that somebody else waits for
UNREAD = 100  # notices of somebody else: as many as are counted
ONLY_ME = (
    *(word("shy", part) for part in FIELDS if part != "name"),
    *(word("third", "notice"), f"{PARTS_DONE} of", f'{UNREAD}<span class="vh"> new'),
)
FOR_MEMBERS = tuple(word("half", part) for part in FIELDS if part != "name")
BETWEEN_TWO = tuple(word("two", part) for part in ("subject", "text", "reply"))
STAFFS_OWN = tuple(word("staff", part) for part in ("report", "import", "verdict"))


def filled(whose: str, *, user=None, listing: str, everything: str, world: World, photo=None) -> Profile:
    """A profile with words in all its fields, shown to `everything`."""
    made = factories.profile(
        f"Somebody {word(whose, 'name')}",
        user=user,
        listing=listing,
        everything=everything,
        topics=world.topics[:1],
        experience=world.countries[:1],
        country=world.countries[0],
        position=f"Works as {word(whose, 'position')}",
        links=[f"https://{word(whose, 'link')}.example/"],
        photo=photo,
        orcid=word(whose, "orcid"),
        **{f"biography_{code}": f"Wrote {word(whose, 'biography')}." for code in ("en", "fr", "es")},
    )
    Affiliation.objects.create(
        user=made.user, organisation=world.organisations["published"], role=f"Is {word(whose, 'role')}", position=1
    )
    return made


def keep(world: World, stored_file) -> Private:
    """Give the world's member something of each kind."""
    kept, member = Private(), world.people["member"]
    kept.photo = stored_file("image", name="photo-of-half.png")
    shy_photo = stored_file("image", name="photo-of-shy.png")
    rows = {
        "shy": {"listing": "everyone", "everything": "me", "photo": shy_photo},
        "half": {"listing": "everyone", "everything": "members", "photo": kept.photo},
        "own": {"user": member, "listing": "nobody", "everything": "me", "photo": stored_file("image", name="own.png")},
    }
    for state, fields in rows.items():
        whose = "member" if state == "own" else state
        kept.profiles[state] = filled(whose, world=world, **fields)
    _prepared(kept, world, stored_file)
    _talked_about(world)
    _written(kept, world)
    _told(world)
    _of_somebody_else(kept, world)
    return kept


def _prepared(kept: Private, world: World, stored_file) -> None:
    member = world.people["member"]
    page = f"On its page {word('member', 'draftpage')}."
    data = {
        "title": [f"Unfinished {word('member', 'drafttitle')}"],
        "abstract": [f"About {word('member', 'draftabstract')}"],
        "note": [f"For editors {word('member', 'draftnote')}"],
    }
    kept.draft = Draft.objects.create(
        owner=member,
        begun_with="file",
        data=rest_of_details(world) | data,
        file=stored_file("pdf", name=f"{word('member', 'draftfile')}.pdf", text=page),
    )
    kept.correction = Draft.objects.create(
        owner=member,
        begun_with="record",
        publication=world.publications["published"],
        sent_at=timezone.now(),
        data={
            "title": [f"Corrected {word('member', 'correctiontitle')}"],
            "note": [f"Because {word('member', 'correctionnote')}"],
        },
    )


def rest_of_details(world: World) -> dict[str, list[str]]:
    """What a draft needs besides its title, as a browser sends it."""
    return {
        "language": ["en"],
        "type": [factories.publication_type().slug],
        "year": ["2020"],
        "authors": ["Else, Somebody"],
        "topics": [world.topics[1].slug],
        "sharing": ["open"],
        "licence": [factories.licence().slug],
        "abstract": ["Nothing much."],
    }


def _talked_about(world: World) -> None:
    """The publication that waits, what was said about it, and the correction of another."""
    member, editor = world.people["member"], world.people["staff"]
    base = {"kind": "publication", "language": "en", "opened_by": member, "waiting_since": LONG_AGO}
    record = world.publications["own_in_review"]
    case = Case.objects.create(**about(record), state="with_member", **base)
    sent_by_staff = {**base, "opened_by": editor}
    Case.objects.create(**about(world.publications["draft"]), **sent_by_staff)
    said = ((editor, "changes_asked", "said"), (member, "sent", "answered"))
    for who, kind, part in said:
        ReviewStep.objects.create(
            **about(record), case=case, kind=kind, status="in_review", by=who, note=f"Well, {word('member', part)}."
        )
    Case.objects.create(**about(world.publications["published"]), subject=Case.Subject.CORRECTION, **base)
    LogEntry.objects.log_create(
        world.publications["published"],
        force_log=True,
        action=LogEntry.Action.UPDATE,
        changes={"abstract_en": [word("staff", "before"), "What it says now."]},
        actor=editor,
    )


def _written(kept: Private, world: World) -> None:
    member, other = world.people["member"], world.people["other_member"]
    factories.profile(user=other, listing="members")
    first = Message.objects.create(
        sender=member, recipient=other, subject=word("two", "subject"), text=f"I say {word('two', 'text')}"
    )
    kept.reply = Message.objects.create(
        thread=first, sender=other, recipient=member, subject=first.subject, text=f"And I {word('two', 'reply')}"
    )
    kept.message = first
    kept.to_blocked = Message.objects.create(
        sender=member, recipient=world.people["blocked"], subject="Before", text="Before all this."
    )
    kept.report = Report.objects.create(
        reporter=member,
        reported=other,
        message=None,
        reason="rude",
        text=f"It was {word('staff', 'report')}",
    )


def _told(world: World) -> None:
    member, staff = world.people["member"], world.people["staff"]
    for kind, part in (("announcement", "letter"), ("account", "code")):
        Letter.objects.create(
            occasion=f"secret:{kind}",
            kind=kind,
            address=member.email,
            user=member,
            language="en",
            template="address_again",
            context={"path": f"/{word('member', part)}"},
        )
    Suppression.objects.create(address=member.email, reason="hard", detail=word("member", "bounce"))
    Notice.objects.create(
        user=member,
        kind="followed",
        occasion="secret",
        template="address_again",
        context={"path": f"/?{word('member', 'notice')}"},
    )
    Follow.objects.create(user=member, **about(world.countries[2]))
    Consent.objects.create(
        user=member, purpose="named", given=True, version="1", language="en", source=f"/{word('member', 'consent')}"
    )
    path = default_storage.save("exports/secret.zip", ContentFile(word("member", "export").encode()))
    DataExport.objects.create(
        user=member,
        state="ready",
        language="en",
        path=path,
        ready_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=7),
    )
    run = ImportRun.objects.create(
        by=staff, name=f"{word('staff', 'import')}.ris", licence=factories.licence(), language="en", state="checked"
    )
    ImportVerdict.objects.create(run=run, number=1, kind="refused", title=word("staff", "verdict"), reason="No year.")


def _of_somebody_else(kept: Private, world: World) -> None:
    """What a third member has, which would show in numbers, choices and links of others."""
    third = factories.member(f"Somebody {word('member', 'unwanted')}")
    Block.objects.create(blocker=world.people["member"], blocked=third)
    DataExport.objects.create(user=third, state="running", language="en", parts=9973, parts_done=PARTS_DONE)
    notice = {"user": third, "kind": "followed", "template": "address_again"}
    notice["context"] = {"path": f"/?{word('third', 'notice')}"}
    Notice.objects.bulk_create(Notice(occasion=f"secret:{number}", **notice) for number in range(UNREAD))
    Draft.objects.bulk_create(Draft(owner=third, begun_with="blank") for _number in range(MOST_DRAFTS))
    about_record = {"owner": third, "begun_with": "record"}
    Draft.objects.create(publication=world.publications["own_in_review"], **about_record)
    Draft.objects.create(publication=world.publications["withdrawn"], sent_at=timezone.now(), **about_record)
    hidden, organisation = world.publications["draft"], world.organisations["draft"]
    shelf = type(hidden).objects  # updates leave no trace among what editors may bring back
    shelf.filter(pk=hidden.pk).update(doi="10.5555/hidden", owner=world.profiles["everyone"].user, shows_owner=True)
    shelf.filter(pk=world.publications["published"].pk).update(shows_owner=True)
    for role in ("member", "other_member"):
        Notice.objects.create(
            user=world.people[role], kind="followed", occasion="hidden", template="followed", **about(hidden)
        )
    said = {"title": ["Something alike"], "doi": ["10.5555/hidden"], "organisations": [organisation.acronym]}
    kept.alike = Draft.objects.create(
        owner=world.people["member"], begun_with="blank", data=rest_of_details(world) | said
    )
