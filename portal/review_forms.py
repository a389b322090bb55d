"""What an editor may do with a case, each with the words it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from content import deciding, registry
from content.models import Case
from content.translations import words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from content.models import Entry
    from members.models import User

OWN = "own"
# Reasons that come up often: a name for the editor, and what the member reads in their language.
REASONS: dict[str, tuple[_StrPromise, _StrPromise]] = {
    "subject": (
        _("Not about social protection"),
        _("It is not about social protection, which is all that this portal collects."),
    ),
    "rights": (
        _("We may not share it"),
        _("Its licence, or whoever holds the rights, does not allow us to share it. You can send us a link instead."),
    ),
    "unreadable": (
        _("The file cannot be read"),
        _("The file cannot be opened or read. You can send another copy of it."),
    ),
    "unfinished": (_("Not finished"), _("It is a draft. Send it again when the final version is out.")),
    "advertising": (
        _("Advertising"),
        _("It advertises a product, a service or an event rather than sharing knowledge."),
    ),
}


class StepForm(forms.Form):
    """One thing to do. Ids differ from form to form, as several stand on one page."""

    step: ClassVar[str]
    heading: ClassVar[_StrPromise]
    button: ClassVar[_StrPromise]
    tone: ClassVar[str] = ""  # of the button: main or bad
    ends: ClassVar[bool] = True  # whether the next case opens after it

    def __init__(self, data: Any = None, *, case: Case, record: Entry, similar: Sequence[Entry] = ()) -> None:
        self.case, self.record, self.similar = case, record, similar
        super().__init__(data, auto_id=f"{self.step}_%s", label_suffix="")

    @property
    def is_open(self) -> bool:
        return self.is_bound or self.tone == "main"

    def take(self, by: User, turn: int) -> None:
        """Raises deciding.Stale."""
        raise NotImplementedError


def _note(label: _StrPromise, *, empty: _StrPromise | None = None, hint: _StrPromise | str = "") -> forms.CharField:
    """Words to the member, needed where there is a sentence for their lack."""
    return forms.CharField(
        label=label,
        required=empty is not None,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": empty or ""},
        help_text=hint,
        max_length=5000,
    )


class Publish(StepForm):
    step, tone = "publish", "main"
    heading, button = _("Publish it"), pgettext_lazy("do it", "Publish")
    note = _note(_("A word to the member"))

    def take(self, by: User, turn: int) -> None:
        deciding.publish(case=self.case, by=by, turn=turn, note=self.cleaned_data["note"])


class Accept(Publish):
    heading, button = _("Accept the correction"), _("Accept")


class Keep(StepForm):
    step, tone = "keep", "main"
    heading, button = _("It is fine as it is"), _("Keep it as it is")

    def take(self, by: User, turn: int) -> None:
        deciding.keep(case=self.case, by=by, turn=turn)


class Ask(StepForm):
    step = "ask"
    heading, button = _("Ask for changes"), _("Ask for these changes")
    note = _note(_("What should the member change?"), empty=_("Say what should change"))

    def take(self, by: User, turn: int) -> None:
        deciding.ask_for_changes(case=self.case, by=by, turn=turn, note=self.cleaned_data["note"])


class Duplicate(StepForm):
    step = "duplicate"
    heading, button = _("It is a duplicate"), _("Decline it as a duplicate")
    of = forms.ModelChoiceField(
        label=_("Which record is it?"),
        queryset=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the record that is here already"),
            "invalid_choice": _("Choose a published record"),
        },
    )
    note = _note(_("A word to the member"), hint=_("They are told which record it is."))

    def __init__(self, data: Any = None, **about: Any) -> None:
        super().__init__(data, **about)
        field = self.fields["of"]
        field.queryset = type(self.record)._default_manager.published().exclude(pk=self.record.pk)
        field.choices = [(one.pk, self._title(one)) for one in self.similar]
        if not self.similar:
            field.widget = forms.HiddenInput()

    def _title(self, record: Entry) -> str:
        return words(record, registry.of(record).title_field).text

    @property
    def has_choices(self) -> bool:
        return bool(self.similar)

    def take(self, by: User, turn: int) -> None:
        data = self.cleaned_data
        deciding.mark_duplicate(case=self.case, by=by, turn=turn, of=data["of"], note=data["note"])


class Decline(StepForm):
    step, tone = "decline", "bad"
    heading, button = _("Decline it"), _("Decline")
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(OWN, _("In my own words")), *((key, name) for key, (name, _text) in REASONS.items())],
        help_text=_("The member reads it as a sentence in their language."),
        error_messages={"required": _("Choose a reason")},
    )
    note = _note(
        _("In your own words, or in addition"),
        empty=_("Choose a reason or write one"),
        hint=_("It can stay empty where the reason above says it all."),
    )

    def __init__(self, data: Any = None, **about: Any) -> None:
        super().__init__(data, **about)
        self.fields["note"].required = self.data.get("reason") not in REASONS

    @property
    def words(self) -> str:
        """What the member is told: the ready reason in their language, then what the editor wrote."""
        reason, note = self.cleaned_data["reason"], self.cleaned_data["note"]
        with override(deciding.language_of(self.case)):
            ready = str(REASONS[reason][1]) if reason != OWN else ""
        return "\n\n".join(filter(None, [ready, note]))

    def take(self, by: User, turn: int) -> None:
        deciding.decline(case=self.case, by=by, turn=turn, reason=self.words)


class TakeBack(Decline):
    heading, button = _("Take it back from readers"), _("Withdraw")


class Say(StepForm):
    step, ends = "say", False
    heading, button = _("Write to the member without deciding"), _("Send the message")
    note = _note(_("Message"), empty=_("Write a message"))

    def take(self, by: User, turn: int) -> None:
        deciding.say(case=self.case, by=by, turn=turn, note=self.cleaned_data["note"])


STEPS: dict[str, tuple[type[StepForm], ...]] = {
    Case.Subject.NEW: (Publish, Ask, Duplicate, Decline, Say),
    Case.Subject.LOOK: (Keep, Ask, Duplicate, TakeBack, Say),
    Case.Subject.CORRECTION: (Accept, Ask, Decline, Say),
}


def steps_of(case: Case) -> tuple[type[StepForm], ...]:
    """What can be done with a case as it stands."""
    if case.state == Case.State.WAITING:
        return STEPS[case.subject]
    return (Say,) if case.state == Case.State.WITH_MEMBER else ()
