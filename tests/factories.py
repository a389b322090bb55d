"""Records for tests: published and whole unless said otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from django.utils import timezone
from model_bakery import baker

from agenda.models import Event
from blog.models import BlogAuthor, BlogImage, BlogPost
from communities.models import Community, Membership
from content.services import about
from discussions.markup import to_html
from discussions.models import Post, Thread
from members.models import User
from moderation.models import Sanction
from people import services as people
from people.models import Profile
from people.visibility import FIELDS
from publications.models import Author, Document, Publication, Publisher
from publications.services import keep_title_keys
from stakeholders.models import Affiliation, Organisation
from surveys.models import Survey
from taxonomy.models import Licence, PublicationType
from webinars.models import Organiser, Panellist, Registration, Webinar
from webinars.models import Series as WebinarSeries

numbers = count(1)


def publication_type(slug: str = "report", **fields) -> PublicationType:
    return PublicationType.objects.get_or_create(slug=slug, defaults={"label_en": slug.capitalize()} | fields)[0]


def licence(slug: str = "cc-by-4-0", **fields) -> Licence:
    defaults = {"label_en": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"} | fields
    return Licence.objects.get_or_create(slug=slug, defaults=defaults)[0]


def organisation(name: str = "International Labour Organization", **fields) -> Organisation:
    defaults = {"slug": f"organisation-{next(numbers)}", "type": "international", "status": "published"}
    return baker.make(Organisation, name_en=name, **(defaults | {"published_at": timezone.now()} | fields))


def publication(
    title: str = "Cash transfers in Kenya", *, authors=(), organisations=(), files=(), **fields
) -> Publication:
    """`authors` are (family, given); `organisations` rows; `files` rows of files.StoredFile."""
    number = next(numbers)
    defaults = {
        "slug": f"publication-{number}",
        "title_en": title,
        "type": fields.get("type") or publication_type(),
        "licence": fields.get("licence") or licence(),
        "languages": ["en"],
        "year": 2019,
        "status": "published",
        "published_at": timezone.now(),
    }
    made = baker.make(Publication, **(defaults | fields))
    keep_title_keys(publications=[made])
    for position, (family, given) in enumerate(authors):
        Author.objects.create(publication=made, family=family, given=given, position=position)
    for position, row in enumerate(organisations):
        Publisher.objects.create(publication=made, organisation=row, position=position)
    for position, row in enumerate(files):
        Document.objects.create(publication=made, file=row, position=position)
    return made


def blog_post(title: str = "What pensions change", *, authors=(), image=None, **fields) -> BlogPost:
    """`authors`: what a row of BlogAuthor says; `image`: a row of files.StoredFile."""
    defaults = {
        "slug": f"post-{next(numbers)}",
        "title_en": title,
        "summary_en": "In short.",
        "body_en": "In long.",
        "status": "published",
        "published_at": timezone.now(),
    }
    made = baker.make(BlogPost, **(defaults | fields))
    for position, said in enumerate(authors):
        BlogAuthor.objects.create(post=made, position=position, **said)
    if image:
        shown = {"credit": "A photographer", "licence": licence(), "alt_en": "A queue at a counter"}
        BlogImage.objects.create(post=made, file=image, **shown)
    return made


def event(title: str = "A meeting on pensions", **fields) -> Event:
    """Tomorrow, for two hours, unless said otherwise."""
    starts = timezone.now() + timedelta(days=1)
    defaults = {
        "slug": f"event-{next(numbers)}",
        "title_en": title,
        "summary_en": "In short.",
        "starts_at": None if fields.get("kind") == "call" else starts,
        "ends_at": starts + timedelta(hours=2),
        "status": "published",
        "published_at": timezone.now(),
    }
    return baker.make(Event, **(defaults | fields))


def member(name: str = "Amina Diallo", **fields) -> User:
    """A member; their profile is made by `profile`."""
    return baker.make(User, **({"email": f"{next(numbers)}@members.example", "display_name": name} | fields))


def profile(
    name: str = "Amina Diallo", *, user=None, topics=(), experience=(), organisations=(), everything="", **fields
) -> Profile:
    """In the directory as its `listing` says (default: for everyone). `everything`: who sees each field."""
    made = people.profile_of(user or member(name))
    values = {"listing": "everyone", "visibility": dict.fromkeys(FIELDS, everything) if everything else {}} | fields
    for field, value in values.items():
        setattr(made, field, value)
    made.save()
    made.topics.set(topics)
    made.experience.set(experience)
    for position, row in enumerate(organisations):
        Affiliation.objects.create(user=made.user, organisation=row, position=position)
    return made


def community(name: str = "Cash and care", **fields) -> Community:
    """Open unless said otherwise."""
    defaults = {
        "slug": f"community-{next(numbers)}",
        "name_en": name,
        "purpose_en": "Where cash transfers meet care.",
        "languages": ["en"],
        "status": "published",
        "published_at": timezone.now(),
    }
    return baker.make(Community, **(defaults | fields))


def membership(community: Community, user: User | None = None, **fields) -> Membership:
    now = timezone.now()
    defaults = {"state": "in", "joined_at": now, "conduct_at": now, "conduct_version": "1"}
    return Membership.objects.create(community=community, user=user or member(), **(defaults | fields))


def thread(place: Community, title: str = "Care credits in Kenya", *, author: User | None = None, **fields) -> Thread:
    """Without a post; `post` writes them, the first and the answers."""
    defaults = {"kind": "question", "title": title, "language": "en", "author": author or member()}
    return Thread.objects.create(**about(place), **(defaults | fields))


def post(thread: Thread, text: str = "Who pays for them?", *, author: User | None = None, **fields) -> Post:
    """The next post of a thread, by its author unless said otherwise."""
    number = fields.pop("number", thread.last_number + 1)
    defaults = {"author": author or thread.author, "language": thread.language, "text": text, "html": to_html(text)}
    made = Post.objects.create(thread=thread, number=number, **(defaults | fields))
    thread.last_number, thread.last_at, thread.last_by = number, made.created_at, made.author
    thread.reply_count = thread.posts.filter(number__gt=1, state="shown").count()
    if number == 1:
        thread.state = made.state
    thread.save()
    return made


def survey(title: str = "Which topics next?", *, kind: str = "one", options: Sequence[str] = (), **fields) -> Survey:
    """With one question, and its options where it has any."""
    number = next(numbers)
    defaults = {"slug": f"survey-{number}", "title_en": title, "is_ready": True}
    made = Survey.objects.create(**(defaults | fields))
    question = made.questions.create(kind=kind, text_en="What should come first?")
    names = options or (("Care", "Registries") if question.has_options else ())
    for position, label in enumerate(names, 1):
        question.options.create(position=position, label_en=label)
    return made


def pause(place: Community, user: User) -> Sanction:
    """A member who only reads there until tomorrow."""
    until = timezone.now() + timedelta(days=1)
    return Sanction.objects.create(scope=place, user=user, kind="pause", reason="Rest.", until=until)


def webinar(title: str = "Gender and shocks", *, starts_in: timedelta = timedelta(days=7), **fields) -> Webinar:
    """Announced, an hour and a half long, in a week from now unless said otherwise."""
    starts_at = fields.pop("starts_at", None) or timezone.now().replace(microsecond=0) + starts_in
    defaults = {
        "slug": f"webinar-{next(numbers)}",
        "title_en": title,
        "summary_en": "What does a crisis change for women’s time?",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "zone": "Africa/Nairobi",
        "spoken": ["en"],
        "status": "published",
        "published_at": timezone.now(),
    }
    made = Webinar(**(defaults | fields))
    made.save()
    return made


def webinar_series(title: str = "Shock responsiveness", **fields) -> WebinarSeries:
    return WebinarSeries.objects.create(**({"slug": f"series-{next(numbers)}", "title_en": title} | fields))


def panellist(webinar: Webinar, name: str = "Rosa Quispe", **fields) -> Panellist:
    return Panellist.objects.create(webinar=webinar, name="" if "user" in fields else name, **fields)


def registration(webinar: Webinar, email: str, *, confirmed: bool = True, **fields) -> Registration:
    now = timezone.now()
    known = {"name": "Rosa", "language": "en", "zone": "UTC", "consent_version": "2026-11-26", "state": "in"}
    return Registration.objects.create(
        webinar=webinar, email=email, confirmed_at=now if confirmed else None, **known | fields
    )


def organiser(webinar: Webinar, user: User) -> Organiser:
    return Organiser.objects.create(webinar=webinar, user=user)
