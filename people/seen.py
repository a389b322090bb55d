"""A profile as one reader may see it. Templates get this and never the row, so that none can print what it must not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from content import wording
from content.translations import Words, words
from files.models import StoredFile
from people.models import Profile
from people.visibility import Audience, shows
from stakeholders.models import Affiliation
from taxonomy.models import Country, Topic

TOPICS_ON_A_CARD = 3


@dataclass(frozen=True)
class Seen:
    """What the reader may see; the rest is empty."""

    pk: int
    handle: str
    name: str
    url: str
    joined_at: datetime
    initials: str
    photo: StoredFile | None = None
    position: str = ""
    biography: Words = field(default_factory=lambda: Words("", "", False))
    country: Country | None = None
    affiliations: Sequence[Affiliation] = ()
    topics: Sequence[Topic] = ()
    experience: Sequence[Country] = ()
    languages: Sequence[str] = ()  # codes
    orcid: str = ""
    links: Sequence[str] = ()

    @property
    def lead(self) -> str:
        """What they do, where, in which country: as far as the reader may know."""
        parts = [self.position, *(one.organisation.short_name for one in self.current[:1]), str(self.country or "")]
        return ", ".join(part for part in parts if part)

    @property
    def current(self) -> list[Affiliation]:
        return [one for one in self.affiliations if one.to_year is None]

    @property
    def topic_names(self) -> str:
        return wording.listed([topic.label for topic in self.topics], TOPICS_ON_A_CARD) if self.topics else ""


def see(profile: Profile, audience: Audience) -> Seen:
    """Needs rows read `with_shown_data()`."""
    values = {
        "photo": lambda: profile.photo,
        "position": lambda: profile.position,
        "biography": lambda: words(profile, "biography"),
        "country": lambda: profile.country,
        "affiliations": lambda: list(profile.user.affiliations.all()),
        "topics": lambda: list(profile.topics.all()),
        "experience": lambda: list(profile.experience.all()),
        "languages": lambda: profile.languages,
        "orcid": lambda: profile.orcid,
        "links": lambda: profile.links,
    }
    return Seen(
        pk=profile.pk,
        handle=profile.handle,
        name=str(profile),
        url=profile.get_absolute_url(),
        joined_at=profile.user.date_joined,
        initials=initials(str(profile)),
        **{name: read() for name, read in values.items() if shows(profile.visibility, name, audience)},
    )


def initials(name: str) -> str:
    """Of the first and the last word."""
    parts = name.split()
    return "".join(part[0] for part in dict.fromkeys((parts[0], parts[-1]))).upper() if parts else ""
