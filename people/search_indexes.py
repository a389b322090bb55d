"""What search knows of a member, in two indexes: what visitors may know, and what members may know.

Each stands on a shelf of its own, so that no question of a visitor is ever put to what is for members.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from django.db.models import Q, QuerySet
from haystack import indexes

from members.models import User
from people.directory import FIELD_OF, INSIDE, KIND, name_key
from people.models import Profile
from people.visibility import Audience, shows
from search.indexes import Document, RecordIndex, pairs
from search.terms import Terms
from stakeholders.models import Affiliation, Organisation
from taxonomy.models import Country, Topic


class ProfileIndex(RecordIndex):
    audience: ClassVar[Audience]
    related = {
        User: lambda pks: Profile.objects.filter(user__in=pks),
        Affiliation: lambda pks: Profile.objects.filter(user__affiliations__in=pks),
        Organisation: lambda pks: Profile.objects.filter(user__affiliations__organisation__in=pks),
        Topic: lambda pks: Profile.objects.filter(topics__in=pks),
        Country: lambda pks: Profile.objects.filter(Q(country__in=pks) | Q(experience__in=pks)),
    }

    def index_queryset(self, using: str | None = None) -> QuerySet[Profile]:
        return Profile.objects.found_by(self.audience).select_related("user")

    def documents(self, profiles: Sequence[Profile]) -> Iterator[Document]:
        terms = Terms()
        topics = pairs(Profile.topics.through.objects.all(), "profile_id", "topic_id", of=profiles)
        experience = pairs(Profile.experience.through.objects.all(), "profile_id", "country_id", of=profiles)
        now = Affiliation.objects.filter(to_year=None, organisation__status="published")
        types = pairs(now, "user_id", "organisation__type", of=[profile.user for profile in profiles])
        for profile in profiles:
            values = {
                "country": terms.countries([profile.country_id] if profile.country_id else []),
                "topic": terms.topics(topics[profile.pk]),
                "lang": profile.languages,
                "type": types[profile.user_id],
                "experience": terms.countries(experience[profile.pk]),
            }
            yield Document(
                record=profile,
                titles={},
                names=[profile.user.display_name],
                facets={
                    facet: found
                    for facet, found in values.items()
                    if shows(profile.visibility, FIELD_OF[facet], self.audience)
                },
                published=profile.created_at,
                order=name_key(profile.user.display_name),
            )


class InsideIndex(ProfileIndex):
    kind = shelf = INSIDE
    audience = Audience.MEMBER


class MemberIndex(ProfileIndex, indexes.Indexable):
    kind = shelf = KIND
    audience = Audience.VISITOR
    twins = (InsideIndex(),)
