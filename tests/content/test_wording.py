from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from content import wording


@pytest.mark.parametrize(
    ("language", "size", "words"),
    [
        ("en", 3_120_000, "3.1\xa0MB"),
        ("fr", 3_120_000, "3,1\u202fMo"),
        ("es", 890_400, "890\xa0kB"),
        ("en", 64_000_000, "64\xa0MB"),
        ("en", 0, "0\xa0byte"),
    ],
)
def test_a_size_has_the_unit_readers_know(language, size, words):
    with override(language):
        assert wording.file_size(size) == words


def test_a_list_is_joined_as_the_language_joins_and_escapes_what_is_not_safe():
    with override("es"):
        assert wording.and_list(["Chad", "<b>Malí</b>"]) == "Chad y &lt;b&gt;Malí&lt;/b&gt;"


def test_a_long_list_ends_with_how_many_more_there_are():
    with override("en"):
        assert wording.listed(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"


def test_one_more_than_fits_is_named_and_not_counted():
    with override("en"):
        assert wording.listed(["A", "B", "C", "D"]) == "A, B, C and D"


@pytest.mark.parametrize(
    ("parts", "words"),
    [((2019, None, None), "2019"), ((2019, 2, None), "février 2019"), ((2019, 2, 4), "4 février 2019")],
)
def test_a_day_is_said_as_far_as_it_is_known(parts, words):
    with override("fr"):
        assert wording.day_of(*parts) == words


@pytest.mark.parametrize(
    ("language", "lately", "long_ago"),
    [
        ("en", "3 days ago", "on 4 May 2026"),
        ("fr", "il y a 3 jours", "le 4 mai 2026"),
        ("es", "hace 3 días", "el 4 de mayo de 2026"),
    ],
)
@time_machine.travel("2026-11-26T12:00:00Z", tick=False)
def test_when_it_was_ends_a_sentence(language, lately, long_ago):
    with override(language):
        assert wording.ago(timezone.now() - timedelta(days=3)).replace("\xa0", " ") == lately
        assert wording.ago(timezone.now() - timedelta(days=206)) == long_ago


def test_english_days_are_british():
    with override("en"):
        assert wording.day(date(2019, 2, 4)) == "4 February 2019"


def test_a_language_is_named_in_the_readers_own():
    with override("es"):
        assert wording.language_name("fr") == "francés"
        assert wording.language_name("pt-BR") == "portugués (Brasil)"


def test_a_language_that_nobody_knows_stands_for_itself():
    assert wording.language_name("qq-nothing") == "qq-nothing"


def test_what_a_text_is_in_keeps_its_preposition():
    with override("fr"):
        assert wording.written_in(["en", "es"]) == "en anglais et en espagnol"


def test_spanish_says_the_preposition_once():
    with override("es"):
        assert wording.written_in(["en", "fr", "es"]) == "en inglés, francés y español"


def test_a_recording_lasts_a_minute_at_least():
    with override("en"):
        assert wording.duration(5) == "1\xa0min"
