"""What staff may do in their pages: everything with records and vocabulary, but delete what has an address.

Records are withdrawn, with a reason that readers see, and terms are merged; only administrators delete them, and
only administrators keep members.
"""

from __future__ import annotations

from django.apps import apps
from rules import add_perm

from members.permissions import can_delete_records, can_edit_records

KEPT_BY_STAFF = ("taxonomy", "content", "stakeholders", "blog", "agenda", "publications", "webinars")
MEMBERS_OWN = {"affiliation"}  # who works where may be for the member's eyes only
RECORDS = {"publication", "organisation", "blogpost", "blogseries", "event", "webinar"}
WITH_AN_ADDRESS = RECORDS | {"topic", "country", "region", "goal"}


def _grant() -> None:
    for label in KEPT_BY_STAFF:
        add_perm(label, can_edit_records)  # the app is listed
        for model in apps.get_app_config(label).get_models():
            name = model._meta.model_name
            if name in MEMBERS_OWN:
                continue
            for action in ("view", "add", "change"):
                add_perm(f"{label}.{action}_{name}", can_edit_records)
            add_perm(f"{label}.delete_{name}", can_delete_records if name in WITH_AN_ADDRESS else can_edit_records)
    add_perm("communities", can_edit_records)
    for action in ("view", "change"):  # a community begins with a request, and who is in it is its own affair
        add_perm(f"communities.{action}_community", can_edit_records)
    add_perm("members.view_user", can_edit_records)  # to choose who shared a record


_grant()
