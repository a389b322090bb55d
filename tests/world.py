"""A small portal with one of everything, for tests that walk all pages: records in every state, of every medium.

Words in capitals at the end of a text are marks: a test looks for them where they must not be.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from haystack import connections
from model_bakery import baker

from agenda.models import Event
from communities.models import Community
from content.models import Case
from content.services import about
from files.models import PageText, StoredFile
from members.models import User
from members.roles import Role, give_role
from notifications.models import Letter
from people.models import Block, Message, Profile, Report
from publications.models import ImportRun, Publication, Series
from search import services
from stakeholders.models import Affiliation, Organisation
from surveys.models import Survey
from taxonomy.models import Country, Goal, Region, Topic, TopicName
from tests import announced, dated, factories, gathered, groups, moderated, written
from tests.private import Private, keep
from tests.spoken import Spoken, speak
from webinars.models import PanelLink, Registration, Webinar

LANGUAGES = ("en", "fr", "es")
MEDIA = {
    "pdf": "application/pdf",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "image": "image/png",
    "vtt": "text/vtt",
    "csv": "text/csv",
}
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
AFTER_ALL = datetime(2100, 1, 1, tzinfo=UTC)  # what is hidden would stand first wherever it showed
STATES: dict[str, dict[str, Any]] = {
    "published": {"status": "published", "published_at": LONG_AGO},
    "draft": {"status": "draft", "published_at": None},
    "own_draft": {"status": "draft", "published_at": None},
    "in_review": {"status": "in_review", "published_at": None},
    "own_in_review": {"status": "in_review", "published_at": None},
    "withdrawn": {
        "status": "withdrawn",
        "published_at": AFTER_ALL,
        "withdrawn_at": LONG_AGO,
        "withdrawal_reason": "The authors found an error in table 2.",
    },
    "declined": {  # withdrawn before anybody could see it
        "status": "withdrawn",
        "published_at": None,
        "withdrawn_at": LONG_AGO,
        "withdrawal_reason": "A copy of another record.",
    },
}
HIDDEN = tuple(state for state in STATES if state != "published")
# Unverified: signed up, and the code is still in the mailbox. Blocked: by the member. Staff: an editor.
ROLES = (
    *("visitor", "unverified", "member", "other_member", "blocked"),
    *("trusted", "ambassador", "translator", "community_admin", "staff", "administrator"),
)
ACCESS = ("open", "request", "private")
GROUPS = {
    "trusted": Role.TRUSTED,
    "ambassador": Role.AMBASSADOR,
    "translator": Role.TRANSLATOR,
    "staff": Role.EDITOR,
    "administrator": Role.ADMINISTRATOR,
}


def mark(state: str, part: str) -> str:
    """A word that occurs nowhere else: letters only, so that every analyser keeps it whole."""
    return f"zq{state.replace('_', '')}{part}xv".lower()


@dataclass
class World:
    people: dict[str, User] = field(default_factory=dict)
    publications: dict[str, Publication] = field(default_factory=dict)  # by state
    organisations: dict[str, Organisation] = field(default_factory=dict)  # by state
    media: dict[str, Publication] = field(default_factory=dict)  # by medium, all published
    topics: list[Topic] = field(default_factory=list)
    countries: list[Country] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    webinars: dict[str, Webinar] = field(default_factory=dict)  # by state
    registered: dict[str, Registration] = field(default_factory=dict)  # by whom
    panel_links: dict[str, PanelLink] = field(default_factory=dict)  # by what they are worth
    goals: list[Goal] = field(default_factory=list)
    profiles: dict[str, Profile] = field(default_factory=dict)  # by who finds them
    communities: dict[str, Community] = field(default_factory=dict)  # by who may join, or by state
    message: Message | None = None  # from the member to somebody everyone finds
    report: Report | None = None
    moderated: moderated.Moderated = field(default_factory=moderated.Moderated)
    private: Private = field(default_factory=Private)
    groups: groups.Groups = field(default_factory=groups.Groups)
    spoken: Spoken = field(default_factory=Spoken)
    events: dict[str, Event] = field(default_factory=dict)  # by state
    written: written.Written = field(default_factory=written.Written)
    surveys: dict[str, Survey] = field(default_factory=dict)
    polls: dict[str, Survey] = field(default_factory=dict)  # about a series, by state of its webinar
    waiting: SimpleCookie = field(default_factory=SimpleCookie)  # of the browser in which somebody has just signed up


def stored_file(kind: str = "pdf", name: str = "", text: str = "", **fields: Any) -> StoredFile:
    content = f"content of a {kind} {text}".encode()
    stored = StoredFile(
        key=f"{next(factories.numbers):08d}{kind}"[:12],
        name=name or f"a-file.{kind}",
        kind=kind,
        media_type=MEDIA[kind],
        size=len(content),
        sha256=f"{next(factories.numbers):064d}",
        language="en",
        **({"pages": 12} if kind == "pdf" else {}) | fields,
    )
    stored.file.save(stored.name, ContentFile(content), save=False)
    if kind in ("pdf", "image"):
        stored.preview.save(f"{stored.key}.webp", ContentFile(b"RIFF"), save=False)
        stored.preview_width, stored.preview_height = 240, 340
    stored.save()
    if kind == "pdf":
        PageText.objects.create(file=stored, number=1, text=text or "What stands on the first page.")
    return stored


def build() -> World:
    world = World()
    for role in ROLES:
        if role not in ("visitor", "unverified"):
            world.people[role] = _person(role)
    world.people["member"].emailaddress_set.create(email="second@world.example", verified=True)
    _vocabulary(world)
    _organisations(world)
    _media(world)
    for number, (state, fields) in enumerate(STATES.items(), 1):
        owner = world.people["member" if state.startswith("own_") else "staff"]
        # One hidden record before all others, the rest far behind, where the sitemap would need a file for each.
        pk = 0 if state == "in_review" else number * 100_000
        world.publications[state] = _publication(world, state, pk=pk, owner=owner, **fields)
    world.publications["published"].related.set([world.publications[state] for state in HIDDEN])
    _members(world)
    world.communities = gathered.build(world)
    world.moderated = moderated.keep(world)
    world.private = keep(world, stored_file)
    world.profiles |= world.private.profiles
    world.groups = groups.build(world, stored_file)
    world.webinars = announced.build(world)
    world.registered = announced.register(world)
    world.panel_links = announced.invite(world)
    world.spoken = speak(world, stored_file)
    world.written = written.write(world, stored_file)
    world.events = dated.build(world)
    world.surveys = _surveys()
    world.waiting = _signed_up()
    Letter.objects.update(due_at=AFTER_ALL)  # none is late, however long a run takes
    services.rebuild_index()
    ImportRun.objects.create(
        by=world.people["staff"], name="references.ris", licence=factories.licence(), language="en"
    )
    Case.objects.create(
        **about(world.publications["in_review"]),
        kind="publication",
        language="en",
        opened_by=world.people["member"],
        waiting_since=LONG_AGO,
    )
    return world


def _organisations(world: World) -> None:
    for state, fields in STATES.items():
        owner = world.people["member" if state.startswith("own_") else "staff"]
        world.organisations[state] = factories.organisation(
            f"Organisation {mark(state, 'name')}",
            acronym=f"ORG{state[:1]}{len(state)}",
            slug=f"organisation-in-{state.replace('_', '-')}",
            description_en=f"What it does: {mark(state, 'description')}.",
            country=world.countries[0],
            owner=owner,
            type="international" if state == "published" else "ngo",
            **fields,
        )


def _person(role: str) -> User:
    made = baker.make(User, email=f"{role}@world.example", display_name=role)
    made.emailaddress_set.create(email=made.email, verified=True, primary=True)
    if role in GROUPS:
        give_role(user=made, role=GROUPS[role], by=None)
    return made


def _surveys() -> dict[str, Survey]:
    fields: dict[str, dict[str, Any]] = {
        "open": {},
        "closed": {"opens_at": LONG_AGO, "closes_at": datetime(2024, 2, 1, tzinfo=UTC)},
        "prepared": {"is_ready": False},
        "invited": {"audience": "invited"},
    }
    return {state: factories.survey(f"Asked {mark(state, 'survey')}", **more) for state, more in fields.items()}


def _signed_up() -> SimpleCookie:
    """The cookies of a browser whose reader has signed up and not yet typed the code."""
    client = Client(headers={"User-Agent": "a bot"})
    keys = {"display_name": "Nobody Yet", "email": "unverified@world.example", "password1": "correct horse 9 staple"}
    client.post(reverse("account_signup"), keys | {"language": "en", "remarks": ""})
    assert User.objects.filter(email=keys["email"]).exists()
    return client.cookies


def _vocabulary(world: World) -> None:
    factories.publication_type(label_fr="Rapport", label_es="Informe")
    africa = Region.objects.create(
        slug="africa", m49="002", kind="region", name_en="Africa", name_fr="Afrique", name_es="África"
    )
    eastern = Region.objects.create(slug="eastern-africa", m49="014", kind="subregion", name_en="East", parent=africa)
    group = Region.objects.create(slug="sub-saharan-africa", kind="group", name_en="Sub-Saharan Africa")
    for iso2, name in (("KE", "Kenya"), ("UG", "Uganda"), ("MG", "Madagascar")):
        country = Country.objects.create(
            iso2=iso2, iso3=f"{iso2}X", m49=f"4{len(world.countries)}0", slug=name.lower(), name_en=name, name_fr=name,
            name_es=name, income_group="LIC", income_year=2024,
        )  # fmt: skip
        country.regions.set([africa, eastern, group])
        world.countries.append(country)
    parent = Topic(
        slug="social-assistance", label_en="Social assistance", label_fr="Aide sociale", label_es="Asistencia social",
        definition_en="Help paid by taxes.", definition_fr="Aide payée par l’impôt.",
    )  # fmt: skip
    child = Topic(
        slug="cash-transfers", label_en="Cash transfers", label_fr="Transferts monétaires",
        label_es="Transferencias monetarias", definition_en="Money paid to people.",
    )  # fmt: skip
    Topic.objects.add_root(instance=parent)
    Topic.objects.add_child(parent, instance=child)
    TopicName.objects.create(topic=child, language="en", text="CCT", kind="acronym")
    child.related.add(parent)
    goal = Goal.objects.create(code="1", short_en="No poverty", text_en="End poverty.", position=1)
    target = Goal.objects.create(code="1.3", text_en="Implement floors.", goal=goal, position=2)
    world.regions, world.topics, world.goals = [africa, eastern, group], [parent, child], [goal, target]


def _publication(world: World, state: str, **fields: Any) -> Publication:
    made = factories.publication(
        f"Cash transfers {mark(state, 'title')}",
        slug=f"publication-in-{state.replace('_', '-')}",
        abstract_en=f"Evidence on pensions {mark(state, 'abstract')}.",
        title_fr=f"Transferts monétaires {mark(state, 'titre')}",
        authors=[(f"Author{mark(state, 'author')}", "Given")],
        organisations=[world.organisations["published"]],
        files=[stored_file("pdf", name=f"{mark(state, 'file')}.pdf", text=f"On page one {mark(state, 'page')}.")],
        series=Series.objects.create(slug=f"series-{mark(state, 's')}", title_en=f"Series {mark(state, 'series')}"),
        series_number="7",
        **fields,
    )
    made.topics.set(world.topics)
    made.countries.set(world.countries[:2])
    made.goals.set(world.goals)
    made.tags.set([mark(state, "tag")])
    return made


def _members(world: World) -> None:
    """Profiles by who finds them, with a photo that those may see. The last one's member has blocked another."""
    for state in ("everyone", "members", "nobody", "blocker"):
        world.profiles[state] = factories.profile(
            f"Somebody {mark(state, 'person')}",
            listing="everyone" if state == "blocker" else state,
            everything="public",
            organisations=[world.organisations["draft"]],
            photo=stored_file("image", name=f"photo-of-{state}.png"),
        )
    Block.objects.create(blocker=world.profiles["blocker"].user, blocked=world.people["blocked"])
    Block.objects.create(blocker=world.people["member"], blocked=world.people["blocked"])
    Affiliation.objects.create(user=world.people["member"], organisation=world.organisations["published"])
    written = {"sender": world.people["member"], "recipient": world.profiles["everyone"].user}
    world.message = Message.objects.create(subject=mark("own", "subject"), text=mark("own", "message"), **written)
    world.report = Report.objects.create(
        reporter=world.people["member"], reported=world.profiles["everyone"].user, reason="spam", text="Look."
    )


def _media(world: World) -> None:
    kinds = {"audio": ["audio", "vtt"], "video": ["video", "vtt"], "image": ["image"], "dataset": ["csv"], "link": []}
    for medium, files in kinds.items():
        kind = factories.publication_type(medium, medium=medium, label_fr=medium, label_es=medium)
        world.media[medium] = factories.publication(
            f"A thing to hear, see or open: {medium}",
            slug=f"a-{medium}",
            type=kind,
            files=[stored_file(one, seconds=95 if one in ("audio", "video") else None) for one in files],
            link="" if files else "https://elsewhere.example/report",
        )
    world.media["spanish"] = factories.publication(
        "", slug="solo-en-espanol", title_es="Transferencias monetarias en el campo", original_language="es",
        languages=["es"], abstract_es="Lo que se sabe de las transferencias.",
    )  # fmt: skip
    for number in range(25):
        made = factories.publication(f"Pensions in volume {number}", slug=f"volume-{number}", year=2000 + number)
        made.topics.set(world.topics[:1])


def clients(world: World) -> dict[str, Client]:
    """One for each role, none of them counted as a reader."""
    found = {role: Client(headers={"User-Agent": "a bot"}) for role in ROLES}
    for role, person in world.people.items():
        found[role].force_login(person)
    found["unverified"].cookies = deepcopy(world.waiting)
    return found


@contextmanager
def standing(path) -> Iterator[World]:
    """The world in a transaction that is undone at the end, with an index of its own under `path`."""
    index = {"default": {"ENGINE": "search.backends.tantivy.TantivyEngine", "PATH": str(path / "index")}}
    before = connections.connections_info, connections.thread_local
    connections.connections_info, connections.thread_local = index, threading.local()
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    from django.conf import settings

    with override_settings(HAYSTACK_CONNECTIONS=index, STORAGES=settings.STORAGES | plain), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
    connections.connections_info, connections.thread_local = before
