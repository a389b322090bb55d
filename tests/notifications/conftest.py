from __future__ import annotations

import itertools

import pytest

from notifications.models import Letter

numbers = itertools.count(1)


@pytest.fixture
def make_letter(db):
    def make(**fields) -> Letter:
        number = next(numbers)
        defaults = {
            "occasion": f"test:{number}",
            "address": f"reader{number}@letters.example",
            "kind": "announcement",
            "language": "en",
            "template": "address_again",
            "context": {"path": "/en/"},
        }
        return Letter.objects.create(**(defaults | fields))

    return make
