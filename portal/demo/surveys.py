"""Surveys of the demonstration, one that is open and one that is closed, with the votes that the content gives them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.models import User
from portal.demo.shelf import FOLDER, entries, translated
from surveys.models import Answer, Participation, Question, Response, Survey
from webinars import winners
from webinars.models import Series


def load(folder: Path = FOLDER) -> int:
    """How many are new. Those that are here are left alone."""
    listed = entries("surveys.yaml", folder)
    known = set(Survey.objects.filter(slug__in=[entry["slug"] for entry in listed]).values_list("slug", flat=True))
    news = [entry for entry in listed if entry["slug"] not in known]
    for entry in news:
        with transaction.atomic():
            _load_one(entry)
    return len(news)


def _load_one(entry: dict[str, Any]) -> None:
    opened = timezone.now() - timedelta(days=entry["opened_days_ago"])
    survey = Survey.objects.create(
        slug=entry["slug"],
        is_ready=True,
        opens_at=opened,
        closes_at=opened + timedelta(days=entry["open_for_days"]),
        subject=Series.objects.filter(slug=entry.get("series", "")).first(),
        **translated("title", entry["title"]),
        **translated("text", entry.get("text")),
    )
    people: list[list[Answer]] = []
    for position, asked in enumerate(entry["questions"], 1):
        question = survey.questions.create(position=position, kind=asked["kind"], **translated("text", asked["text"]))
        for number, answer in enumerate(_votes(question, asked)):
            people.extend([] for _ in range(number + 1 - len(people)))
            people[number].append(answer)
    for answers in people:
        response = Response.objects.create(survey=survey)
        for answer in answers:
            answer.response = response
        Answer.objects.bulk_create(answers)
    Participation.objects.bulk_create(
        Participation(survey=survey, key=f"demonstration:{number}") for number in range(len(people))
    )
    if by := User.objects.filter(is_staff=True, is_superuser=False).order_by("pk").first():
        _choose(survey, entry.get("winners", 0), by)


def _choose(survey: Survey, number: int, by: User) -> None:
    """The first ones become webinars that an editor goes on planning."""
    if number and (found := winners.outcome(survey, by)):
        winners.choose(survey=survey, options=[one.option for one in found.candidates[:number]], by=by)


def _votes(question: Question, asked: dict[str, Any]) -> list[Answer]:
    """One a person: who chose several options answers the survey once and this question with one of them."""
    if "votes" in asked:
        steps = enumerate(asked["votes"], 1)
        return [Answer(question=question, number=step) for step, count in steps for _ in range(count)]
    found = []
    for position, one in enumerate(asked["options"], 1):
        option = question.options.create(position=position, **translated("label", one))
        found += [Answer(question=question, option=option) for _ in range(one["votes"])]
    return found
