"""What a form is filled with before anybody typed: from the file, from a reference, from the publication itself.

The values are as a browser would send them. They stand only in fields that are empty, and are marked to be checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings

from content.translations import words
from publications.importing import cleaning
from publications.importing.vocabulary import Vocabulary
from publications.titles import title_key
from taxonomy.models import PublicationType, Topic

if TYPE_CHECKING:
    from files.models import StoredFile
    from publications.importing.records import Raw
    from publications.models import Draft, Publication

Filled = dict[str, list[str]]

_TYPES = {"image": "infographic", "audio": "audio", "video": "video", "xlsx": "dataset", "csv": "dataset",
          "pptx": "presentation"}  # fmt: skip


def fill(draft: Draft, guesses: Filled) -> None:
    """Put guesses where nothing stands yet. Does not save."""
    new = {name: values for name, values in guesses.items() if any(values) and not any(draft.data.get(name) or [])}
    draft.data = {**draft.data, **new}
    draft.guessed = sorted({*draft.guessed, *new})


def from_file(stored: StoredFile) -> Filled:
    guesses = stored.guesses
    people = guesses.get("authors") or []
    return _some(
        title=guesses.get("title"),
        language=guesses.get("language") or stored.language,
        year=guesses.get("year"),
        authors="\n".join(_person(one.get("family", ""), one.get("given", "")) for one in people),
        abstract=guesses.get("abstract"),
        doi=guesses.get("doi"),
        isbn=guesses.get("isbn"),
        type=_TYPES.get(stored.kind),
    )


def from_reference(raw: Raw) -> Filled:
    vocabulary = Vocabulary()
    language, title = next(iter(raw.titles.items()), ("", ""))
    language = language or next(filter(None, map(cleaning.language, raw.languages)), "")
    year, month, day = cleaning.date([cleaning.text(value) for value in raw.dates])
    topics, tags, places = _keywords([*raw.keywords, *raw.countries], vocabulary)
    series = cleaning.text(raw.series)
    series = series if title_key(series) in vocabulary.series else ""
    found = _some(
        title=cleaning.title(title),
        language=language,
        type=_type_of(raw, vocabulary) if raw.kinds else "",
        year=year,
        month=month,
        day=day,
        authors="\n".join(_person(one.family, one.given) for one in raw.authors if not one.whole),
        organisations="\n".join(
            [*(one.family for one in raw.authors if one.whole), *map(cleaning.text, raw.organisations)]
        ),
        places="\n".join(places),
        abstract=cleaning.text(next(iter(raw.abstracts.values()), "")),
        link=cleaning.link(raw.links),
        doi=next(filter(None, map(cleaning.doi, raw.identifiers)), ""),
        isbn=cleaning.isbn(raw.isbn),
        series=series,
        series_number=cleaning.text(raw.series_number) if series else "",
        tags=", ".join(tags),
    )
    return found | ({"topics": topics} if topics else {})


def _type_of(raw: Raw, vocabulary: Vocabulary) -> str:
    return PublicationType.objects.get(pk=vocabulary.type_of(raw.kinds) or 0).slug


def _keywords(written: Iterable[str], vocabulary: Vocabulary) -> tuple[list[str], list[str], list[str]]:
    """Slugs of topics, words that are none, names of places."""
    texts = {title_key(text): text for word in written if (text := cleaning.text(word))}
    pks = [vocabulary.topics[key] for key in texts if key in vocabulary.topics]
    slugs = dict(Topic.objects.filter(pk__in=pks).values_list("pk", "slug"))
    places = [text for key, text in texts.items() if key in vocabulary.countries or key in vocabulary.regions]
    tags = [text for key, text in texts.items() if key not in vocabulary.topics and text not in places]
    return [slugs[pk] for pk in dict.fromkeys(pks)][:5], [tag for tag in tags if len(tag) <= 60][:8], places


def from_publication(publication: Publication) -> Filled:
    """A published record as the form that would have made it."""
    language = publication.original_language
    document = next(iter(publication.languages), language)
    found = _some(
        title=words(publication, "title", language).text,
        abstract=words(publication, "abstract", language).text,
        language=document,
        words_language=language if document not in settings.MODELTRANSLATION_LANGUAGES else "",
        type=publication.type.slug,
        year=publication.year,
        month=publication.month,
        day=publication.day,
        organisations="\n".join(str(one.organisation.name) for one in publication.publishers.all()),
        authors="\n".join(_person(one.family, one.given) for one in publication.authors.all()),
        places="\n".join([*map(str, publication.countries.all()), *map(str, publication.regions.all())]),
        link=publication.link,
        doi=publication.doi,
        isbn=publication.isbn,
        series=publication.series and publication.series.title,
        series_number=publication.series_number,
        tags=", ".join(tag.name for tag in publication.tags.all()),
        shows_owner="on" if publication.shows_owner else "",
        **_sharing_of(publication),
    )
    several = {"languages": publication.languages[1:], "topics": [topic.slug for topic in publication.topics.all()]}
    return found | {name: values for name, values in several.items() if values}


def _sharing_of(publication: Publication) -> Mapping[str, str]:
    licence = publication.licence
    if not licence.keeps_copy:
        return {"sharing": "link"}
    return {"sharing": "open", "licence": licence.slug} if licence.url else {"sharing": "own"}


def _person(family: str, given: str) -> str:
    return f"{family}, {given}" if given else family


def _some(**values: Any) -> Filled:
    return {name: [str(value)] for name, value in values.items() if value}
