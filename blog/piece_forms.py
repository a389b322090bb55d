"""What members type for the blog. What they typed stays in the form, and in their draft, until it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from blog.models import BlogPost
from blog.pieces import Typed
from content import wording
from people import choices
from people.forms import Boxes
from taxonomy.models import Country, Topic

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST_TOPICS, MOST_COUNTRIES = 5, 10
SHORTEST, LONGEST = 300, 3000  # words that editors wish for


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PieceForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language you write in"))
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        error_messages={"required": gettext_lazy("Give your text a title")},
    )
    summary = forms.CharField(
        label=gettext_lazy("In one or two sentences"),
        help_text=gettext_lazy("They stand in lists and above your text."),
        max_length=600,
        widget=_area(3),
        required=False,
        error_messages={"required": gettext_lazy("Say in one or two sentences what your text is about")},
    )
    body = forms.CharField(
        label=gettext_lazy("Your text"),
        help_text=gettext_lazy(
            "An empty line begins a paragraph, ## a heading. Links, lists and **bold** work. "
            "Editors wish for 600 to 1,200 words."
        ),
        max_length=60_000,
        widget=_area(18),
        required=False,
        error_messages={"required": gettext_lazy("Write your text before you send it")},
    )
    affiliation = forms.CharField(
        label=gettext_lazy("What stands beside your name"),
        help_text=gettext_lazy("Your name stands above the text. Where do you work, or what do you do?"),
        max_length=160,
        required=False,
    )
    topics = Boxes(label=gettext_lazy("Topics"), required=False)
    countries = Boxes(label=gettext_lazy("Countries"), required=False)
    note = forms.CharField(label=gettext_lazy("A word to the editor"), max_length=2000, widget=_area(2), required=False)

    def __init__(self, *args: Any, sends: bool, **kwargs: Any) -> None:
        """`sends`: to the editors, who need the whole text; a draft is kept with a title alone."""
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (code, wording.language_name(code).capitalize()) for code in settings.MODELTRANSLATION_LANGUAGES
        ]
        self.fields["topics"].choices = choices.topics()
        self.fields["countries"].choices = choices.countries_by_region()
        self.initial.setdefault("language", get_language() or settings.LANGUAGE_CODE)
        self.fields["body"].required = self.fields["summary"].required = sends

    def clean_topics(self) -> list[str]:
        return self._at_most("topics", MOST_TOPICS, gettext_lazy("Choose %(count)s topics at most"))

    def clean_countries(self) -> list[str]:
        return self._at_most("countries", MOST_COUNTRIES, gettext_lazy("Choose %(count)s countries at most"))

    def _at_most(self, name: str, most: int, said: _StrPromise) -> list[str]:
        chosen: list[str] = self.cleaned_data[name]
        if len(chosen) > most:
            raise forms.ValidationError(said % {"count": most})
        return chosen

    def typed(self) -> Typed:
        data = self.cleaned_data
        return Typed(
            language=data["language"],
            title=data["title"],
            summary=data["summary"],
            body=data["body"].replace("\r\n", "\n").strip(),
            affiliation=data["affiliation"],
            topics=Topic.objects.filter(slug__in=data["topics"]),
            countries=Country.objects.filter(iso2__in=data["countries"]),
        )


def written_in(post: BlogPost) -> dict[str, Any]:
    """What a piece says, as its form shows it again."""
    language = post.original_language
    author = post.authors.first()
    return {
        "language": language,
        **{name: getattr(post, f"{name}_{language}") or "" for name in ("title", "summary", "body")},
        "affiliation": author.affiliation if author else "",
        "topics": [topic.slug for topic in post.topics.all()],
        "countries": [country.iso2 for country in post.countries.all()],
    }


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your message to the editor"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "textarea--low"}),
        error_messages={"required": gettext_lazy("Write your message first")},
    )


class RemarkForm(forms.Form):
    paragraph = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Your remark"),
        max_length=2000,
        widget=_area(3),
        error_messages={"required": gettext_lazy("Write your remark first")},
    )

    def paragraph_of(self, paragraphs: list[str]) -> str:
        """The paragraph as it stands. Raises ValidationError where there is none of this number any more."""
        number = self.cleaned_data["paragraph"]
        if number > len(paragraphs):
            raise forms.ValidationError(_("The text was changed meanwhile. Choose the paragraph once more."))
        return paragraphs[number - 1]
