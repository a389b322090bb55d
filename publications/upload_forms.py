"""What a member types about a publication. A form is made from what a draft keeps, right or wrong."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content import wording
from publications import choosing
from publications.admin import language_choices
from publications.importing import cleaning
from publications.models import Draft, Series
from publications.titles import title_key
from taxonomy.models import Licence, PublicationType, Topic

if TYPE_CHECKING:
    from django.http import QueryDict

OLDEST = 1800
MOST_TOPICS = 5
MOST_LINES = 40  # authors, organisations, places: a longer list is no list of a title page
MOST_TAGS = 8
OPEN, OWN, LINK = "open", "own", "link"  # may it be shared?
NEW, LEAVE_OUT = "new", "none"  # what to do with an organisation we do not know


def _explained(label: Any, hint: Any) -> Any:
    return lazy(format_html, str)('{}<br><span class="hint">{}</span>', label, hint)


SHARING = (
    (OPEN, _explained(_("Yes, it has an open licence"), _("Such as Creative Commons. We keep a copy here."))),
    (OWN, _explained(_("Yes, I or my organisation own it"), _("You agree that we keep a copy here."))),
    (LINK, _explained(_("No, or I am not sure"), _("We link to it and keep no copy."))),
)


def lines_field(label: Any, hint: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=6000, widget=forms.Textarea(attrs={"rows": 3}), **more
    )


class DetailsForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2, "class": "textarea--low"}),
        error_messages={"required": _("Enter the title as it appears on the document")},
    )
    language = forms.ChoiceField(label=_("Language of the document"))
    words_language = forms.ChoiceField(
        label=_("Language of the title as you wrote it here"),
        help_text=_("We keep titles and descriptions in English, French or Spanish."),
        error_messages={"required": _("Say in which language you wrote the title here")},
    )
    type = forms.ModelChoiceField(
        PublicationType.objects.all(),
        to_field_name="slug",
        label=_("What it is"),
        error_messages={"required": _("Choose what it is"), "invalid_choice": _("Choose what it is")},
    )
    year = forms.IntegerField(
        label=_("Year"),
        help_text=_("For example, 2019"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--s"}),
        error_messages={
            "required": _("Enter the year it was published"),
            "invalid": _("Write the year with four figures, such as 2019"),
        },
    )
    organisations = lines_field(
        _("Organisations that published it"), _("One on each line, by name or acronym in any language."), required=False
    )
    authors = lines_field(_("Authors"), _("One on each line, family name first: Sen, Amartya"), required=False)
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(),
        to_field_name="slug",
        label=_("Topics"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic")},
    )
    places = lines_field(
        _("Countries and regions"),
        _("One on each line. Leave it empty if it is about no place in particular."),
        required=False,
    )
    abstract = forms.CharField(
        label=_("Short description"),
        help_text=_("Two or three sentences in plain words. What will a colleague learn?"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    sharing = forms.ChoiceField(
        label=_("May it be shared?"),
        choices=SHARING,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the document may be shared")},
    )
    licence = forms.ModelChoiceField(
        Licence.objects.filter(keeps_copy=True).exclude(url=""),
        to_field_name="slug",
        label=_("Which open licence"),
        required=False,
        empty_label=_("None of them"),
    )
    link = forms.URLField(
        label=_("Link to the original"),
        help_text=_("The page where it was published."),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": _("Write the whole address, such as https://www.example.org/report")},
    )
    month = forms.TypedChoiceField(label=_("Month"), required=False, coerce=int, empty_value=None)
    day = forms.IntegerField(
        label=_("Day"),
        required=False,
        min_value=1,
        max_value=31,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--s"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write the day as a number from 1 to 31")
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("Other languages in the same document"), required=False, widget=forms.CheckboxSelectMultiple
    )
    doi = forms.CharField(
        label="DOI", required=False, max_length=300, help_text=_("For example, 10.1787/9789264308114-en")
    )
    isbn = forms.CharField(label="ISBN", required=False, max_length=40)
    series = forms.CharField(label=_("Series"), required=False, max_length=200)
    series_number = forms.CharField(
        label=_("Number in the series"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input--s"}),
    )
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=400, help_text=_("Your own words, separated by commas.")
    )
    shows_owner = forms.BooleanField(label=_("Show my name as the member who shared it"), required=False)
    note = forms.CharField(
        label=_("Note to the editor"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    RARE = ("month", "day", "languages", "doi", "isbn", "series", "series_number", "tags")

    def __init__(self, data: MultiValueDict | None = None, *, draft: Draft) -> None:
        super().__init__(data, initial=initial_of(draft))
        self.draft = draft
        self.is_correction = draft.publication is not None and draft.publication.is_published
        written = self._written("language")
        self.fields["language"].choices = language_choices(*filter(None, [written]))
        self.fields["languages"].choices = language_choices()
        self.fields["month"].choices = [("", "–"), *months()]
        own = [(code, wording.language_name(code)) for code in settings.MODELTRANSLATION_LANGUAGES]
        self.fields["words_language"].choices = own
        if not written or written in settings.MODELTRANSLATION_LANGUAGES:
            del self.fields["words_language"]
        if self.is_correction:
            self.fields["note"] = forms.CharField(
                label=_("What did you change, and why?"),
                help_text=_("Readers see this sentence beside a new version of a file."),
                max_length=300,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("Say what you changed")},
            )
        self._organisations = choosing.lines(self._written("organisations"))
        self._found = choosing.find_organisations(self._organisations[:MOST_LINES], user=draft.owner)
        if self.is_bound:
            self._ask_about_organisations()

    def _written(self, field: str) -> str:
        return str(self.data.get(field, "") if self.is_bound else self.initial.get(field, ""))

    def _ask_about_organisations(self) -> None:
        """A choice for each name we do not know, right behind the field it was written in."""
        asked = {}
        for name in self._organisations[:MOST_LINES]:
            if name not in self._found:
                near = choosing.near_organisations(name)
                choices = [(str(row.pk), _named(row)) for row in near]
                choices += [
                    (NEW, gettext("Another one: add it. An editor looks at it too.")),
                    (LEAVE_OUT, gettext("Leave it out")),
                ]
                sentence = gettext("Say which organisation “%(name)s” is") % {"name": name}
                asked[organisation_field(name)] = forms.ChoiceField(
                    label=gettext("We do not know “%(name)s”. Which one is it?") % {"name": name},
                    choices=choices,
                    widget=forms.RadioSelect,
                    error_messages={"required": sentence, "invalid_choice": sentence},
                )
        self.unknown_organisations = list(asked)
        order = list(self.fields)
        place = order.index("organisations") + 1
        self.fields |= asked
        self.order_fields([*order[:place], *asked, *order[place:]])

    # ----- what was typed, understood

    def clean_title(self) -> str:
        title = cleaning.title(self.cleaned_data["title"])
        if not title_key(title):
            raise forms.ValidationError(gettext("Enter the title as it appears on the document"))
        return title

    def clean_year(self) -> int:
        year, now = self.cleaned_data["year"], timezone.now().year
        if year > now:
            raise forms.ValidationError(gettext("Year must be %(year)s or earlier") % {"year": now})
        if year < OLDEST:
            raise forms.ValidationError(gettext("Write the year with four figures, such as 2019"))
        return year

    def clean_authors(self) -> list:
        people = choosing.find_people(self._lines("authors"))
        if any(len(one.family) > 120 or len(one.given) > 120 for one in people):
            raise forms.ValidationError(gettext("One name is too long. Write one author on each line"))
        return people

    def clean_organisations(self) -> list[str]:
        return self._lines("organisations")

    def clean_places(self) -> choosing.Places:
        places = choosing.find_places(self._lines("places"))
        if places.unknown:
            raise forms.ValidationError([_unknown_place(name, near) for name, near in places.unknown.items()])
        return places

    def _lines(self, field: str) -> list[str]:
        found = choosing.lines(self.cleaned_data[field])
        if len(found) > MOST_LINES:
            raise forms.ValidationError(gettext("Write at most %(number)s lines") % {"number": MOST_LINES})
        return found

    def clean_topics(self) -> Any:
        topics = self.cleaned_data["topics"]
        if len(topics) > MOST_TOPICS:
            raise forms.ValidationError(gettext("Choose at most %(number)s topics") % {"number": MOST_TOPICS})
        return topics

    def clean_doi(self) -> str:
        doi = cleaning.doi(self.cleaned_data["doi"])
        if self.cleaned_data["doi"] and not doi:
            raise forms.ValidationError(
                gettext("A DOI begins with 10. and has a slash, such as 10.1787/9789264308114-en")
            )
        return doi

    def clean_isbn(self) -> str:
        isbn = cleaning.isbn(self.cleaned_data["isbn"])
        if self.cleaned_data["isbn"] and not isbn:
            raise forms.ValidationError(gettext("This ISBN has a mistyped figure: check it against the document"))
        return isbn

    def clean_series(self) -> Series | None:
        name = title_key(self.cleaned_data["series"])
        known = choosing.Vocabulary().series.get(name) if name else None
        if name and not known:
            raise forms.ValidationError(
                gettext("We do not know this series. Leave it empty and tell the editor in your note")
            )
        return Series.objects.get(pk=known) if known else None

    def clean_tags(self) -> list[str]:
        found = {
            tag.casefold(): tag for part in self.cleaned_data["tags"].split(",") if (tag := " ".join(part.split()))
        }
        if len(found) > MOST_TAGS or any(len(tag) > 60 for tag in found):
            raise forms.ValidationError(gettext("Write at most %(number)s short tags") % {"number": MOST_TAGS})
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._clean_day(cleaned)
        self._clean_sharing(cleaned)
        cleaned["original_language"] = cleaned.get("words_language") or cleaned.get("language")
        cleaned["publishers"] = self._publishers(cleaned)
        return cleaned

    def _clean_day(self, cleaned: dict[str, Any]) -> None:
        year, month, day = (cleaned.get(name) for name in ("year", "month", "day"))
        if day and not month:
            self.add_error("month", gettext("Choose the month too, or leave the day empty"))
        elif day and year:
            try:
                date(year, month, day)
            except ValueError:
                self.add_error("day", gettext("That month has no such day"))

    def _clean_sharing(self, cleaned: dict[str, Any]) -> None:
        """The licence that follows from the answer; a record must lead its readers somewhere."""
        sharing, leads = cleaned.get("sharing"), cleaned.get("link") or cleaned.get("doi")
        if sharing == OPEN and not cleaned.get("licence"):
            self.add_error("licence", gettext("Choose the licence that stands on the document"))
        if sharing in (OWN, LINK):
            slug = "permission" if sharing == OWN else "link-only"
            cleaned["licence"] = Licence.objects.filter(slug=slug).first()
        if {"link", "doi"} & self.errors.keys() or leads or self.has_file:
            if sharing == LINK and not leads and not {"link", "doi"} & self.errors.keys():
                self.add_error("link", gettext("Give the link where it can be read"))
            return
        self.add_error("link", gettext("Give a link, or go back and add the file: readers need one of them"))

    @property
    def has_file(self) -> bool:
        publication = self.draft.publication
        return self.draft.file_id is not None or (publication is not None and publication.documents.exists())

    def _publishers(self, cleaned: dict[str, Any]) -> list[int | str]:
        """Organisations in order: the key of one we know, the name of one to be added."""
        found: list[int | str] = []
        for name in cleaned.get("organisations") or []:
            answer = cleaned.get(organisation_field(name))
            if name in self._found:
                found.append(self._found[name].pk)
            elif answer == NEW:
                found.append(name[:255])
            elif answer and answer != LEAVE_OUT:
                found.append(int(answer))
        return list(dict.fromkeys(found))

    # ----- for the template

    @property
    def asked_organisations(self) -> list[forms.BoundField]:
        return [self[name] for name in getattr(self, "unknown_organisations", ())]

    @property
    def rare_is_open(self) -> bool:
        return (
            any(self._written(name) or name in self.errors for name in self.RARE)
            if self.is_bound
            else any(self.initial.get(name) for name in self.RARE)
        )

    @property
    def topic_groups(self) -> list[tuple[Topic, list[Any], bool]]:
        """Each root topic's own option and those below it, and whether one of these is ticked."""
        options = list(self["topics"])
        topics = list(Topic.objects.all())
        groups: list[tuple[Topic, list[Any], bool]] = []
        for topic, option in zip(topics, options, strict=True):
            if topic.is_root():
                groups.append((topic, [], False))
            root, below, ticked = groups[-1]
            groups[-1] = (root, [*below, option], ticked or bool(option.data["selected"]))
        return groups

    def raw(self) -> dict[str, list[str]]:
        return {name: raw_values(self.data, name) for name in self.fields if name in self.data}


def initial_of(draft: Draft) -> dict[str, Any]:
    several = ("topics", "languages")
    return {name: values if name in several else values[0] for name, values in draft.data.items() if values}


def data_of(draft: Draft) -> MultiValueDict:
    return MultiValueDict(draft.data)


def raw_values(data: MultiValueDict | QueryDict, name: str) -> list[str]:
    """As a browser sent them, but for the one character that no database keeps."""
    return [str(value).replace("\x00", "")[:10_000] for value in data.getlist(name)][:200]


def organisation_field(name: str) -> str:
    return f"org_{hashlib.sha256(title_key(name).encode()).hexdigest()[:8]}"


def months() -> list[tuple[str, str]]:
    names = wording.locale().months["stand-alone"]["wide"]
    return [(str(number), names[number].capitalize()) for number in range(1, 13)]


def _named(organisation: Any) -> str:
    name, acronym = str(organisation.name), str(organisation.acronym or "")
    return f"{name} ({acronym})" if acronym and acronym not in name else name


def _unknown_place(name: str, near: list[str]) -> str:
    if near:
        return gettext("We know no country or region “%(name)s”. Did you mean %(near)s?") % {
            "name": name,
            "near": ", ".join(near),
        }
    return gettext("We know no country or region “%(name)s”") % {"name": name}
