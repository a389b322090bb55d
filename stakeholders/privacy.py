"""What organisations hold about a person: who entered them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from content.privacy import entries
from members import erasure
from stakeholders.models import Organisation


def sign_up() -> None:
    erasure.register(
        entries("organisations", _("Organisations you entered"), Organisation, remove=lambda record: record.delete())
    )
