"""What can happen to an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from content import review
from content.editing import free_slug
from content.services import save_record
from stakeholders.models import Organisation

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def propose_organisation(*, name: str, language: str, by: User) -> Organisation:
    """A member names an organisation that we do not know: it goes to review by itself, with its name alone."""
    organisation = Organisation(
        slug=free_slug(Organisation, name), type=Organisation.Type.OTHER, original_language=language, owner=by
    )
    setattr(organisation, f"name_{language}", name)
    save_record(record=organisation, by=None)
    review.submit(record=organisation, by=by)
    return organisation
