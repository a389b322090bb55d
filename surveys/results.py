"""What was answered, counted: three queries, however many answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count

from content.translations import Words, words
from surveys.models import Answer, Question, Survey

TEXTS = 200  # answers in words that a page shows; the table of all of them has more


@dataclass(frozen=True)
class Line:
    label: Words | str
    count: int
    share: int  # per cent of those who answered the question, rounded
    option: int | None = None  # its key


@dataclass(frozen=True)
class Counted:
    question: Question
    answered: int  # people
    lines: Sequence[Line] = ()
    texts: Sequence[str] = ()
    mean: float | None = None  # of a scale


def counted(survey: Survey) -> list[Counted]:
    """Options in the order of their votes, those with as many in their own."""
    questions = list(survey.questions.prefetch_related("options"))
    answers = Answer.objects.filter(response__survey=survey)
    people = dict(answers.values_list("question").annotate(Count("response", distinct=True)))
    votes: dict[int, dict[Any, int]] = defaultdict(dict)
    for question, option, number, count in (
        answers.filter(text="").values_list("question", "option", "number").annotate(Count("pk"))
    ):
        votes[question][option or number] = count
    return [_of(question, people.get(question.pk, 0), votes[question.pk]) for question in questions]


def _of(question: Question, answered: int, votes: dict[Any, int]) -> Counted:
    if question.kind == Question.Kind.TEXT:
        texts = question.answers.order_by("pk").values_list("text", flat=True)[:TEXTS]
        return Counted(question, answered, texts=list(texts))
    if question.kind == Question.Kind.SCALE:
        steps = [Line(str(step), votes.get(step, 0), _share(votes.get(step, 0), answered)) for step in range(1, 6)]
        mean = sum(step * count for step, count in votes.items()) / answered if answered else None
        return Counted(question, answered, steps, mean=mean)
    lines = [
        Line(words(option, "label"), votes.get(option.pk, 0), _share(votes.get(option.pk, 0), answered), option.pk)
        for option in question.options.all()
    ]
    return Counted(question, answered, sorted(lines, key=lambda line: -line.count))


@dataclass(frozen=True)
class Mean:
    """Of one question on a scale."""

    question: int  # its position
    mean: float
    answered: int


def means(surveys: Iterable[int]) -> dict[int, list[Mean]]:
    """By the key of a survey, of its questions on a scale that somebody answered: one query for all of them."""
    answers = Answer.objects.filter(response__survey__in=surveys, number__isnull=False).order_by()
    rows = answers.values_list("response__survey", "question__position").annotate(Avg("number"), Count("pk"))
    found: dict[int, list[Mean]] = defaultdict(list)
    for survey, position, mean, answered in sorted(rows):
        found[survey].append(Mean(position, mean, answered))
    return dict(found)


def _share(count: int, answered: int) -> int:
    return round(100 * count / answered) if answered else 0


def table(survey: Survey) -> Iterator[list[str]]:
    """One row a person, one column a question. Names stand in none of them."""
    questions = list(survey.questions.all())
    yield [question.text for question in questions]
    answers = Answer.objects.filter(response__survey=survey).select_related("option").order_by("response", "pk")
    rows: dict[Any, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for answer in answers.iterator(2000):
        said = answer.option.label if answer.option else answer.text or str(answer.number)
        rows[answer.response_id][answer.question_id].append(said)
    for row in rows.values():
        yield ["; ".join(row[question.pk]) for question in questions]
