"""Editors, and what members sent them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from model_bakery import baker

from content import review, services
from content.models import Case, ReviewStep
from members.models import User
from tests import factories


@pytest.fixture
def editor(cast):
    return baker.make(User, email="editor@cast.example", display_name="Edna", is_staff=True)


@pytest.fixture
def second_editor(cast):
    return baker.make(User, email="second@cast.example", display_name="Sven", is_staff=True)


@pytest.fixture
def heard():
    """What listeners are told, in order."""
    steps: list[ReviewStep] = []
    review.listen(keep := lambda step, case: steps.append(step))
    yield steps
    services.listeners.remove(keep)


def sent_in(member, **fields) -> Case:
    record = factories.publication(owner=member, **({"status": "draft", "published_at": None} | fields))
    return review.submit(record=record, by=member)


def published_by_trusted(member) -> Case:
    member.groups.add(Group.objects.get_or_create(name="trusted")[0])
    return sent_in(member)


def state_of(case: Case) -> tuple[str, str, str]:
    case.refresh_from_db()
    return case.state, case.decision, review.record_of(case).status
