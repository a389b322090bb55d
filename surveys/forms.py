"""The form that a survey's questions make."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from content.translations import words
from surveys.models import Answer, Question, Survey

NOT_CHOSEN = ""


class AnswerForm(forms.Form):
    """One field a question, named by its key."""

    def __init__(self, survey: Survey, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.questions = list(survey.questions.prefetch_related("options"))
        for question in self.questions:
            self.fields[self._name(question)] = _field(question)

    @staticmethod
    def _name(question: Question) -> str:
        return f"question-{question.pk}"

    @property
    def answers(self) -> dict[int, Any]:
        """As `services.answer` takes them. Valid forms only."""
        return {question.pk: self.cleaned_data[self._name(question)] for question in self.questions}


def _field(question: Question) -> forms.Field:
    asked: dict[str, Any] = {
        "label": str(words(question, "text")),
        "required": question.is_required,
        "error_messages": {"required": _missing(question), "invalid_choice": _missing(question)},
    }
    if question.kind == Question.Kind.TEXT:
        longest = Answer._meta.get_field("text").max_length
        return forms.CharField(max_length=longest, widget=forms.Textarea(attrs={"rows": 4}), **asked)
    if question.kind == Question.Kind.SCALE:
        steps = [(str(step), _step(step)) for step in range(1, 6)]
        return forms.TypedChoiceField(choices=steps, coerce=int, empty_value=None, widget=forms.RadioSelect, **asked)
    options = {str(option.pk): option for option in question.options.all()}
    choices = [(key, str(words(option, "label"))) for key, option in options.items()]
    if question.kind == Question.Kind.SEVERAL:
        asked["error_messages"]["invalid_list"] = _missing(question)
        return forms.TypedMultipleChoiceField(
            choices=choices, coerce=options.__getitem__, widget=forms.CheckboxSelectMultiple, **asked
        )
    return forms.TypedChoiceField(
        choices=choices, coerce=options.__getitem__, empty_value=None, widget=forms.RadioSelect, **asked
    )


def _step(step: int) -> str:
    ends = {1: pgettext("scale", "1, not at all"), 5: pgettext("scale", "5, very much")}
    return ends.get(step, str(step))


def _missing(question: Question) -> str:
    if question.kind == Question.Kind.TEXT:
        return _("Write an answer")
    return _("Choose at least one") if question.kind == Question.Kind.SEVERAL else _("Choose one")
