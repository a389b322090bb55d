"""What somebody writes who asks for a community. What they wrote stays in the form until it is right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from communities.finding import people_called
from communities.founding import has_too_many_requests
from communities.models import Community
from content import wording
from members.models import User
from people import choices
from people.forms import Boxes
from taxonomy.models import Topic

Access = Community.Access
MOST_TOPICS = 5
TEXTS = ("name", "purpose", "audience", "question")


def explained(label: Any, hint: Any) -> Any:
    return lazy(format_html, str)('{}<br><span class="hint">{}</span>', label, hint)


ACCESS = (
    (
        Access.OPEN,
        explained(Access.OPEN.label, gettext_lazy("Everybody reads what is written. Whoever joins can write.")),
    ),
    (
        Access.REQUEST,
        explained(
            Access.REQUEST.label,
            gettext_lazy("Everybody sees what it is for. You decide who joins, reads and writes."),
        ),
    ),
    (
        Access.PRIVATE,
        explained(
            Access.PRIVATE.label,
            gettext_lazy("Nobody but its members hears that it is there: neither list nor search shows it."),
        ),
    ),
)


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RequestForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("Language you write in here"),
        help_text=gettext_lazy("You can add the others once the community is open."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=160,
        error_messages={"required": gettext_lazy("Give the community a name")},
    )
    purpose = forms.CharField(
        label=gettext_lazy("What it is for"),
        help_text=gettext_lazy("Two or three sentences, as readers will see them on its page."),
        max_length=1000,
        widget=area(4),
        error_messages={"required": gettext_lazy("Say what the community is for")},
    )
    audience = forms.CharField(
        label=gettext_lazy("Who it is for"),
        max_length=1000,
        widget=area(2),
        error_messages={"required": gettext_lazy("Say whom you want to bring together")},
    )
    languages = Boxes(
        label=gettext_lazy("Languages spoken there"),
        error_messages={"required": gettext_lazy("Choose at least one language")},
    )
    plan = forms.CharField(
        label=gettext_lazy("Plan for the first year"),
        help_text=gettext_lazy("What will happen there, and what should come of it within a year? Editors read it."),
        max_length=4000,
        widget=area(6),
        error_messages={"required": gettext_lazy("Say what you plan for the first year")},
    )
    access = forms.ChoiceField(
        label=gettext_lazy("Who may join"),
        choices=ACCESS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who may join")},
    )
    question = forms.CharField(
        label=gettext_lazy("Your question to who asks to join"),
        help_text=gettext_lazy("If you decide who joins. For example: what do you work on?"),
        required=False,
        max_length=300,
    )
    facilitator = forms.CharField(
        label=gettext_lazy("Who runs it with you"),
        help_text=gettext_lazy("A member, by name or address of the profile. A community has two people at least."),
        max_length=200,
        error_messages={"required": gettext_lazy("Name a second person: a community has two people at least")},
    )
    which = forms.ChoiceField(label=gettext_lazy("Which of them do you mean"), required=False, widget=forms.RadioSelect)
    topics = Boxes(label=gettext_lazy("Topics"), required=False)
    conduct = forms.BooleanField(
        label=gettext_lazy("I accept the code of conduct, for myself and for how I run the community"),
        error_messages={"required": gettext_lazy("Read the code of conduct and accept it")},
    )

    def __init__(self, *args: Any, by: User, record: Community | None = None, **kwargs: Any) -> None:
        self.by, self.record = by, record
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (code, wording.language_name(code).capitalize()) for code in settings.MODELTRANSLATION_LANGUAGES
        ]
        self.fields["languages"].choices = choices.languages()
        self.fields["topics"].choices = choices.topics()
        here = get_language() or settings.LANGUAGE_CODE
        self.initial.setdefault("language", here)
        self.initial.setdefault("languages", [here])
        if record is not None:
            del self.fields["conduct"]  # they accepted it with the first sending
        self._offer_people()

    def _offer_people(self) -> None:
        """Choices among members of one name, where what was typed names several."""
        typed = self.data.get("facilitator", "") if self.is_bound else ""
        self.people = people_called(typed[:200], by=self.by) if typed.strip() else []
        if len(self.people) > 1:
            self.fields["which"].choices = [
                (one.handle, f"{one} ({one.get_absolute_url().strip('/').rsplit('/', 1)[-1]})") for one in self.people
            ]
        else:
            del self.fields["which"]

    def clean_topics(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["topics"]
        if len(chosen) > MOST_TOPICS:
            raise forms.ValidationError(_("Choose %(count)s topics at most") % {"count": MOST_TOPICS})
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.record is None and has_too_many_requests(self.by):
            self.add_error(None, _("Three of your requests wait for an editor. Ask again once they are decided."))
        if cleaned.get("access") == Access.REQUEST and not cleaned.get("question"):
            self.add_error("question", _("Write the question that you ask who wants to join"))
        if cleaned.get("facilitator"):
            self._clean_facilitator(cleaned)
        return cleaned

    def _clean_facilitator(self, cleaned: dict[str, Any]) -> None:
        if not self.people:
            self.add_error("facilitator", _("We find no member of this name. Try the address of their profile."))
            return
        by_handle = {one.handle: one.user for one in self.people}
        if len(by_handle) > 1 and cleaned.get("which") not in by_handle:
            self.add_error("which", _("Several members are called like this: choose one"))
            return
        cleaned["person"] = by_handle[cleaned["which"]] if len(by_handle) > 1 else self.people[0].user

    # ----- the record

    def filled(self, record: Community) -> Community:
        data = self.cleaned_data
        language = record.original_language = data["language"]
        for field in TEXTS:
            setattr(record, f"{field}_{language}", data[field])
        record.plan, record.access, record.languages = data["plan"], data["access"], data["languages"]
        return record

    def people_and_topics(self) -> dict[str, Any]:
        return {
            "facilitator": self.cleaned_data["person"],
            "topics": Topic.objects.filter(slug__in=self.cleaned_data["topics"]),
        }


def written_in(record: Community, facilitator: User | None) -> dict[str, Any]:
    """What a request says, as its form shows it again."""
    language = record.original_language
    profile = getattr(facilitator, "profile", None)
    return {
        "language": language,
        **{field: getattr(record, f"{field}_{language}") for field in TEXTS},
        "plan": record.plan,
        "access": record.access,
        "languages": record.languages,
        "facilitator": profile.handle if profile else "",
        "topics": [topic.slug for topic in record.topics.all()],
    }
