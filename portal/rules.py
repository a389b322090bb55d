"""What staff may do in their pages: everything with records and vocabulary, but delete what has an address.

Records are withdrawn, with a reason that readers see, and terms are merged; only administrators delete them, and
only administrators keep members.
"""

from __future__ import annotations

from django.apps import apps
from rules import add_perm, is_staff

KEPT_BY_STAFF = ("taxonomy", "content", "stakeholders", "publications")
MEMBERS_OWN = {"affiliation"}  # who works where may be for the member's eyes only
WITH_AN_ADDRESS = {"publication", "organisation", "topic", "country", "region", "goal"}


def _grant() -> None:
    for label in KEPT_BY_STAFF:
        add_perm(label, is_staff)  # the app is listed
        for model in apps.get_app_config(label).get_models():
            name = model._meta.model_name
            if name in MEMBERS_OWN:
                continue
            actions = ("view", "add", "change") if name in WITH_AN_ADDRESS else ("view", "add", "change", "delete")
            for action in actions:
                add_perm(f"{label}.{action}_{name}", is_staff)
    add_perm("communities", is_staff)
    for action in ("view", "change"):  # a community begins with a request, and who is in it is its own affair
        add_perm(f"communities.{action}_community", is_staff)
    add_perm("members.view_user", is_staff)  # to choose who shared a record


_grant()
