"""Words are folded and stemmed by every thread of the web server at once."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from search import analysis

ROOTS = ("protección", "transferencia", "beneficiario", "niñez", "evaluación", "trabajadora", "comunidad", "jubilación")
WORDS = [f"{root}{ending}" for root in ROOTS for ending in ("", "es", "mente", "andoselas", "iéndolos", "aríamos")]


@pytest.fixture
def impatient():
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_threads_that_stem_at_once_do_not_disturb_each_other(impatient):
    words = [analysis.words(word)[0] for word in WORDS]
    alone = [analysis._stem(word, "es") for word in words]
    with ThreadPoolExecutor(8) as threads:
        for _ in range(20):
            assert list(threads.map(lambda word: analysis._stem(word, "es"), words)) == alone
