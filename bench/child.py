"""One group of figures, measured inside Django: `python -m bench.child pages [quick]` prints its numbers as JSON."""

from __future__ import annotations

import importlib
import json
import os
import sys

import django
from django.conf import settings


def main(group: str, quick: bool) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    settings.ROOT_URLCONF = "bench.urls"
    django.setup()
    numbers = importlib.import_module(f"bench.{group}").measure(quick=quick)
    print(json.dumps(numbers))


if __name__ == "__main__":
    main(sys.argv[1], "quick" in sys.argv[2:])
