"""What organisers type about streams and recordings, and the files they bring."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import videos, wording
from people import choices
from webinars.edit_forms import area
from webinars.models import Material

if TYPE_CHECKING:
    from webinars.models import Recording, Stream, Webinar

CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})")  # 1:02:30, 62:30
MOST_CHAPTERS, LONGEST_TITLE = 60, 200
LONGEST = 24 * 3600  # seconds


def seconds_of(text: str) -> int | None:
    """Of 1:02:30 or 62:30; None for anything else, and for more than a day."""
    found = CLOCK.fullmatch(text.strip())
    if found is None or int(found[3]) > 59 or (found[1] and int(found[2]) > 59):
        return None
    seconds = int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
    return seconds if seconds <= LONGEST else None


class RecordingForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language spoken in it"))
    link = forms.URLField(
        label=gettext_lazy("Where it can be seen"),
        help_text=gettext_lazy("The address of the video at YouTube, Vimeo or another house."),
        max_length=500,
        assume_scheme="https",
        error_messages={
            "required": gettext_lazy("Enter the address of the video"),
            "invalid": gettext_lazy("Enter an address that begins with https://"),
        },
    )
    length = forms.CharField(
        label=gettext_lazy("Length"),
        help_text=gettext_lazy("Hours, minutes and seconds: 1:32:05"),
        required=False,
        max_length=9,
        widget=forms.TextInput(attrs={"class": "input--s", "autocomplete": "off"}),
    )
    chapters = forms.CharField(
        label=gettext_lazy("Chapters"),
        help_text=gettext_lazy("One on each line, where it begins and what it is: 12:30 Kenya’s experience"),
        required=False,
        max_length=15_000,
        widget=area(5),
    )

    def __init__(self, *args: Any, webinar: Webinar, recording: Recording | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(webinar, recording)
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = _languages_of(webinar)

    def clean_length(self) -> int | None:
        typed = self.cleaned_data["length"].strip()
        if typed and seconds_of(typed) is None:
            raise forms.ValidationError(_("Enter the length as 1:32:05"))
        return seconds_of(typed) if typed else None

    def clean_chapters(self) -> list[tuple[int, str]]:
        found: dict[int, str] = {}
        for line in filter(None, map(str.strip, self.cleaned_data["chapters"].splitlines())):
            begins, _blank, title = line.partition(" ")
            second = seconds_of(begins)
            if second is None or not title.strip():
                raise forms.ValidationError(_("Begin each line with a time, such as 12:30. Not so: %s") % line[:60])
            if len(title) > LONGEST_TITLE:
                raise forms.ValidationError(_("The title of a chapter has 200 letters at most: %s") % title[:40])
            found[second] = title.strip()
        if len(found) > MOST_CHAPTERS:
            raise forms.ValidationError(_("A recording has %(count)s chapters at most") % {"count": MOST_CHAPTERS})
        return sorted(found.items())

    def said(self) -> dict[str, Any]:
        """As `outcomes.record` takes it."""
        data = self.cleaned_data
        return {name: data[name] for name in ("language", "link", "chapters")} | {"seconds": data["length"]}


def _initial(webinar: Webinar, recording: Recording | None) -> dict[str, Any]:
    if recording is None:
        return {"language": next(iter(webinar.spoken), webinar.original_language)}
    chapters = [f"{wording.position(one.second)} {one.title}" for one in recording.chapters.all()]
    return {
        "language": recording.language,
        "link": recording.link,
        "length": wording.position(recording.seconds) if recording.seconds else "",
        "chapters": "\n".join(chapters),
    }


def _languages_of(webinar: Webinar) -> list[tuple[str, str]]:
    """Those of the webinar first."""
    named = dict(choices.languages())
    first = {code: named.get(code, wording.language_name(code).capitalize()) for code in webinar.languages}
    return list((first | named).items())


class StreamForm(forms.Form):
    """Everybody sees a stream: the link of the meeting is none."""

    language = forms.ChoiceField(label=gettext_lazy("Language one hears in it"))
    link = forms.CharField(
        label=gettext_lazy("Where it is shown"),
        help_text=gettext_lazy(
            "The address of the live video at YouTube, Vimeo or another house. Everybody can open it."
        ),
        max_length=500,
        validators=[
            URLValidator(schemes=["https"], message=gettext_lazy("Enter an address that begins with https://"))
        ],
        widget=forms.URLInput,
        error_messages={"required": gettext_lazy("Enter the address of the video")},
    )

    def __init__(self, *args: Any, webinar: Webinar, stream: Stream | None = None, **kwargs: Any) -> None:
        language = stream.language if stream else next(iter(webinar.spoken), webinar.original_language)
        kwargs["initial"] = {"language": language, "link": stream.link if stream else ""}
        super().__init__(*args, **kwargs)
        self.webinar = webinar
        self.fields["language"].choices = _languages_of(webinar)

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"].strip()
        if link == self.webinar.meeting_link:
            raise forms.ValidationError(_("This is the link of the meeting, which only those who registered get"))
        if videos.leads_nowhere(link):
            raise forms.ValidationError(
                _("No video is named here. Copy the address of the video itself, such as https://youtu.be/igG7-9qcs5A")
            )
        twins = self.webinar.streams.filter(link=link).exclude(language=self.cleaned_data.get("language", ""))
        if twin := twins.first():
            name = wording.language_name(twin.language)
            raise forms.ValidationError(_("This is the stream in %(language)s already") % {"language": name})
        return link


class MaterialForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=Material.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what it is")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Leave it empty to show the name of the file."),
        required=False,
        max_length=200,
    )
    upload = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Slides: PDF or PowerPoint. Sound: MP3, M4A, OGG. Transcript: VTT or SRT with times."),
        error_messages={"required": gettext_lazy("Choose a file"), "empty": gettext_lazy("This file is empty")},
    )

    def __init__(self, *args: Any, webinar: Webinar, **kwargs: Any) -> None:
        kwargs["initial"] = {"language": next(iter(webinar.spoken), webinar.original_language)}
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = _languages_of(webinar)
