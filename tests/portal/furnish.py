"""Furnish a house of the tests: one of everything, an editor, and a member for each part that will be stopped.

python -m tests.portal.furnish PART…      prints the paths of all public pages, as JSON
"""

from __future__ import annotations

import json
import sys

import django
from django.test.utils import setup_test_environment

PASSWORD = "three long words"


def address(person: str) -> str:
    return f"{person}@house.example"


def main(parts: list[str]) -> None:
    django.setup()
    setup_test_environment()  # the world knocks at its own doors
    from members.models import User
    from members.roles import Role, give_role
    from tests import factories, public_pages, world

    built = world.build()
    factories.licence("permission", label_en="Shared with permission", url="")
    factories.licence("link-only", label_en="Link only", url="", keeps_copy=False)
    for name in ("editor", "trusted", *parts):
        person = User.objects.create_user(address(name), PASSWORD, display_name=f"Somebody {name}", language="en")
        person.emailaddress_set.create(email=person.email, verified=True, primary=True)
        if name in Role.values:
            give_role(user=person, role=Role(name), by=None)
    print(json.dumps(public_pages.addresses(built)))


if __name__ == "__main__":
    main(sys.argv[1:])
