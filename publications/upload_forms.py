"""What a member typed about a publication, understood. A form is made from what a draft keeps, right or wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from content import wording
from content.wording import language_choices
from publications import choosing
from publications.importing import cleaning
from publications.importing.vocabulary import Vocabulary
from publications.models import Draft, Series
from publications.titles import title_key
from publications.upload_fields import (
    LEAVE_OUT,
    LINK,
    MOST_LINES,
    MOST_TAGS,
    MOST_TOPICS,
    NEW,
    OLDEST,
    OPEN,
    OWN,
    DetailsFields,
    changes_field,
)
from taxonomy.models import Licence, Topic

if TYPE_CHECKING:
    from django.http import QueryDict

    from stakeholders.models import Organisation


class DetailsForm(DetailsFields):
    def __init__(self, data: MultiValueDict | None = None, *, draft: Draft) -> None:
        super().__init__(data, initial=initial_of(draft))
        self.draft = draft
        self.is_correction = draft.publication is not None and draft.publication.is_published
        self._offer_languages(self._written("language"))
        self.fields["month"].choices = [("", "–"), *months()]
        if self.is_correction:
            self.fields["note"] = changes_field()
        for name in self.fields.keys() & set(draft.guessed):
            self.fields[name].help_text = gettext("Filled in for you: check it.")
        names = choosing.lines(self._written("organisations"))[:MOST_LINES]
        self._found = choosing.find_organisations(names, user=draft.owner, record=draft.publication)
        self._ask_about([name for name in names if name not in self._found])

    def _offer_languages(self, written: str) -> None:
        """Documents are in any language, titles in ours: where the two differ, the title's is asked for too."""
        ours = settings.MODELTRANSLATION_LANGUAGES
        self.fields["language"].choices = language_choices(*filter(None, [written]))
        self.fields["languages"].choices = language_choices()
        if written and written not in ours:
            self.fields["words_language"].choices = [(code, wording.language_name(code)) for code in ours]
        else:
            del self.fields["words_language"]

    def _written(self, field: str) -> str:
        return str(self.data.get(field, "") if self.is_bound else self.initial.get(field, ""))

    def _ask_about(self, unknown: Iterable[str]) -> None:
        """A choice for each organisation we do not know, right behind the field it was written in."""
        asked = {organisation_field(name): _which(name) for name in unknown}
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
        known = Vocabulary().series.get(name) if name else None
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
        sharing = cleaned.get("sharing")
        if sharing in (OWN, LINK):
            cleaned["licence"] = self._licence_for(sharing)
        elif sharing == OPEN and not cleaned.get("licence"):
            self.add_error("licence", gettext("Choose the licence that stands on the document"))
        if cleaned.get("link") or cleaned.get("doi") or {"link", "doi"} & self.errors.keys():
            return
        if self.draft.publication and self.draft.publication.handle:
            return
        if sharing == LINK and not self.is_correction:  # what is published may stand here from before
            self.add_error("link", gettext("Give the link where it can be read"))
        elif not self.has_file:
            self.add_error("link", gettext("Give a link, or go back and add the file: readers need one of them"))

    def _licence_for(self, sharing: str) -> Licence | None:
        """Without an open licence: the one a record has already, where it says the same, else the plainest."""
        keeps_copy = sharing == OWN
        former = self.draft.publication.licence if self.draft.publication else None
        if former and former.keeps_copy == keeps_copy and not former.url:
            return former
        return Licence.objects.filter(slug="permission" if keeps_copy else "link-only").first()

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
    def before_topics(self) -> list[forms.BoundField]:
        """With the questions about organisations we do not know."""
        later = {"topics", *self.AFTER_TOPICS, *self.AT_THE_END, *self.RARE}
        return [self[name] for name in self.fields if name not in later]

    @property
    def after_topics(self) -> list[forms.BoundField]:
        return [self[name] for name in self.AFTER_TOPICS]

    @property
    def rare(self) -> list[forms.BoundField]:
        return [self[name] for name in self.RARE]

    @property
    def at_the_end(self) -> list[forms.BoundField]:
        return [self[name] for name in self.AT_THE_END]

    @property
    def rare_is_open(self) -> bool:
        return any(self._written(name) or name in self.errors for name in self.RARE)

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


def _which(name: str) -> forms.ChoiceField:
    """The organisation that a name means which we do not know."""
    sentence = gettext("Say which organisation “%(name)s” is") % {"name": name}
    return forms.ChoiceField(
        label=gettext("We do not know “%(name)s”. Which one is it?") % {"name": name},
        choices=[
            *((str(row.pk), _named(row)) for row in choosing.near_organisations(name)),
            (NEW, gettext("Another one: add it. An editor looks at it too.")),
            (LEAVE_OUT, gettext("Leave it out")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": sentence, "invalid_choice": sentence},
    )


def _named(organisation: Organisation) -> str:
    name, acronym = str(organisation.name), str(organisation.acronym or "")
    return f"{name} ({acronym})" if acronym and acronym not in name else name


def _unknown_place(name: str, near: list[str]) -> str:
    told = {"name": name, "near": ", ".join(near)}
    if near:
        return gettext("We know no country or region “%(name)s”. Did you mean %(near)s?") % told
    return gettext("We know no country or region “%(name)s”") % told
