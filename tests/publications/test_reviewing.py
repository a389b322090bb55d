"""What editors are told of a publication before they look."""

from __future__ import annotations

import pytest

from people.models import Profile
from publications.models import Publication
from publications.reviewing import checks
from stakeholders.models import Affiliation
from tests import factories

pytestmark = pytest.mark.django_db
OWN = "The publisher is the member’s organisation"


@pytest.fixture
def workplace(member):
    organisation = factories.organisation("Ministry of Gender")
    Affiliation.objects.create(user=member, organisation=organisation)
    profile, _made = Profile.objects.get_or_create(user=member, defaults={"handle": "member"})
    profile.visibility = {"affiliations": "members"}
    profile.save()
    return organisation


def said(publisher, owner) -> list[str]:
    record = factories.publication(owner=owner, organisations=[publisher])
    return [check.text for check in checks([Publication.objects.get(pk=record.pk)])[record.pk]]


def test_the_members_own_organisation_is_told(workplace, member):
    assert OWN in said(workplace, member)


def test_a_workplace_that_a_member_keeps_to_themselves_is_not_told(workplace, member):
    Profile.objects.filter(user=member).update(visibility={"affiliations": "me"})
    assert OWN not in said(workplace, member)


def test_another_publisher_says_nothing_of_the_member(workplace, member):
    assert OWN not in said(factories.organisation("ODI"), member)


def test_somebody_elses_workplace_says_nothing(workplace, other_member):
    assert OWN not in said(workplace, other_member)


def test_a_page_of_records_takes_as_many_questions_as_one(workplace, member, django_assert_max_num_queries):
    records = [factories.publication(owner=member, organisations=[workplace]) for _number in range(12)]
    for asked in (records[:1], records):
        fresh = list(Publication.objects.filter(pk__in=[record.pk for record in asked]))
        with django_assert_max_num_queries(16):
            checks(fresh)
