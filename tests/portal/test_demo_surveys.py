"""The surveys of the demonstration: votes as the content gives them, in three languages."""

import pytest

from portal.demo import surveys
from surveys import results
from surveys.models import Survey

pytestmark = pytest.mark.django_db


def test_votes_are_those_of_the_content_and_loading_again_changes_nothing():
    assert surveys.load() == 3
    assert surveys.load() == 0
    poll = Survey.objects.get(slug="topics-of-the-next-series")
    (counted,) = results.counted(poll)
    assert [line.count for line in counted.lines] == [31, 27, 22, 14, 9]
    assert counted.answered == poll.participations.count() == 103


def test_one_is_open_and_one_is_closed():
    surveys.load()
    assert Survey.objects.open().get().slug == "topics-of-the-next-series"
    closed = Survey.objects.closed().order_by("slug").values_list("slug", flat=True)
    assert list(closed) == ["how-you-read-the-portal", "topics-of-the-gender-series"]


def test_every_word_is_in_three_languages():
    surveys.load()
    for survey in Survey.objects.all():
        texts = [(row, field) for row in survey.questions.all() for field in ("text",)]
        texts += [(option, "label") for question in survey.questions.all() for option in question.options.all()]
        for row, field in [*texts, (survey, "title"), (survey, "text")]:
            assert all(getattr(row, f"{field}_{code}") for code in ("en", "fr", "es")), f"{row}: {field}"
