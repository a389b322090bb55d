"""Plan letters in the database of the settings: python -m tests.notifications.plan NUMBER"""

from __future__ import annotations

import sys

import django


def main(number: int) -> None:
    django.setup()
    from notifications import services

    services.post_many(
        occasion="proof",
        to=[address(place) for place in range(number)],
        kind="announcement",
        template="address_again",
        context={"path": "/en/"},
    )


def address(place: int) -> str:
    return f"reader{place}@proof.example"


if __name__ == "__main__":
    main(int(sys.argv[1]))
