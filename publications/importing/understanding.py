"""What a reference says, in our own terms."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from publications.importing import cleaning
from publications.importing.attachments import Folder
from publications.importing.records import Draft, Name, Raw
from publications.importing.vocabulary import LANGUAGES, Vocabulary
from publications.titles import title_key

MOST_TAGS = 12
_COMMON_WORDS = {
    "en": "the of and in to for a on with from by is are this that an at as its their between how",
    "fr": "le la les des du de et en dans pour un une sur par est au aux ce cette leur entre avec qui",
    "es": "el la los las de del y en para un una sobre por es al con que se su sus entre como",
}
# Numbers of databases that mean the same wherever they are met: letters and digits, long enough not to be a counter.
_ACCESSION = re.compile(r"(?=.*[A-Za-z])(?=.*\d{4})[\w:./-]{7,190}")


class Refused(Exception):
    """A reference that cannot become a record. The message is a sentence for a person."""


@dataclass(frozen=True)
class Choices:
    """What the person who imports decides for the whole of it."""

    language: str = "en"  # when a reference does not say, and its words do not show
    licence_id: int = 0  # when a reference does not say
    keeps_tags: bool = False
    takes_bare: bool = False  # references that lead nowhere
    folder: Folder | None = None  # where the files that references name are looked for


def understand(raw: Raw, *, file: str, vocabulary: Vocabulary, choices: Choices) -> Draft:
    """Raises Refused."""
    if raw.problem:
        raise Refused(raw.problem)
    titles = {code: text for code, value in raw.titles.items() if (text := cleaning.title(value))}
    if not titles or not any(title_key(text) for text in titles.values()):
        raise Refused(_("It has no title."))
    abstracts = {code: text for code, value in raw.abstracts.items() if (text := cleaning.text(value))}
    languages = list(dict.fromkeys(filter(None, map(cleaning.language, raw.languages))))
    language = _own_language(titles, abstracts, languages, choices.language)
    titles, abstracts = _by_column(titles, language), _by_column(abstracts, language)
    if language not in titles:
        titles[language] = next(iter(titles.values()))
    year, month, day = cleaning.date([cleaning.text(value) for value in raw.dates])
    draft = Draft(
        file=file,
        number=raw.number,
        titles=titles,
        abstracts=abstracts,
        language=language,
        languages=languages or [language],
        title_key=title_key(titles[language]),
        type_id=vocabulary.type_of(raw.kinds) or 0,
        licence_id=vocabulary.licence_of(raw.licence) or choices.licence_id,
        year=year,
        month=month,
        day=day,
        journal=_shortened(cleaning.text(raw.journal), 300),
        doi=next(filter(None, map(cleaning.doi, raw.identifiers)), ""),
        handle=next(filter(None, map(cleaning.handle, [*raw.identifiers, *raw.links])), ""),
        isbn=cleaning.isbn(raw.isbn),
        link=cleaning.link(raw.links),
    )
    _add_files(draft, raw, vocabulary, choices)
    if not (draft.doi or draft.handle or draft.link or draft.files or choices.takes_bare):
        raise Refused(_("It leads nowhere: it has no link, DOI, Handle or file."))
    _add_people(draft, raw, vocabulary)
    _add_terms(draft, raw, vocabulary, choices)
    draft.key = _key(draft, cleaning.text(raw.accession))
    return draft


def _own_language(titles: dict[str, str], abstracts: dict[str, str], languages: list[str], default: str) -> str:
    """The language of the words: of the only title, or as the reference says, or as its commonest words show."""
    told = [code for code in titles if code]
    if len(told) == 1 and "" not in titles:
        return told[0]
    if languages and languages[0] in LANGUAGES:
        return languages[0]
    words = title_key(f"{titles.get('', '')} {abstracts.get('', '')}").split()
    seen = sorted(
        ((sum(word in common for word in words), code) for code, common in _COMMON_WORDS.items()), reverse=True
    )
    if seen[0][0] >= 3 and seen[0][0] > seen[1][0] * 1.3:
        return seen[0][1]
    return told[0] if told and "" not in titles and default not in told else default


def _by_column(texts: dict[str, str], language: str) -> dict[str, str]:
    found = {code: text for code, text in texts.items() if code in LANGUAGES}
    if "" in texts:
        found.setdefault(language, texts[""])
    return found


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _add_files(draft: Draft, raw: Raw, vocabulary: Vocabulary, choices: Choices) -> None:
    if choices.folder is None:
        return
    draft.files = choices.folder.find(raw.files)
    if draft.files and draft.licence_id not in vocabulary.keeping_licences:
        raise Refused(_("It has a file, and its licence does not let us keep a copy: name the licence that does."))


def _add_people(draft: Draft, raw: Raw, vocabulary: Vocabulary) -> None:
    """Organisations that sign as authors are organisations; people stay in the order of the title page."""
    found: list[int] = []
    for name in raw.authors:
        pk = vocabulary.organisation_of(f"{name.given} {name.family}".strip())
        if pk:
            found.append(pk)
        else:
            draft.authors.append(Name(_shortened(name.family, 120), _shortened(name.given, 120), name.whole))
    for text in filter(None, map(cleaning.text, raw.organisations)):
        found += vocabulary.organisations_of(text)
    draft.organisation_ids = list(dict.fromkeys(found))


def _add_terms(draft: Draft, raw: Raw, vocabulary: Vocabulary, choices: Choices) -> None:
    """Keywords that name a topic, country or region become it. Whether the others become tags is for staff to say."""
    for word in _each(raw.keywords) + _each(raw.countries):
        key = title_key(word)
        for names, kept in (
            (vocabulary.topics, draft.topic_ids),
            (vocabulary.countries, draft.country_ids),
            (vocabulary.regions, draft.region_ids),
        ):
            if key in names:
                kept.append(names[key])
                break
        else:
            if choices.keeps_tags and len(draft.tags) < MOST_TAGS and len(word) <= 60:
                draft.tags.append(word)
    for kept in (draft.topic_ids, draft.country_ids, draft.region_ids):
        kept[:] = dict.fromkeys(kept)
    draft.series_id = vocabulary.series.get(title_key(cleaning.text(raw.series)))
    draft.series_number = _shortened(cleaning.text(raw.series_number), 40) if draft.series_id else ""


def _each(words: Iterable[str]) -> list[str]:
    return list({title_key(text): text for word in words if (text := cleaning.text(word)) and title_key(text)}.values())


def _key(draft: Draft, accession: str) -> str:
    """Names the record in its source whatever file it comes in: its DOI, its number in a database, or what it says."""
    if draft.doi:
        return f"doi:{draft.doi}"[:200]
    if _ACCESSION.fullmatch(accession):
        return f"id:{accession.lower()}"
    said = "\n".join((draft.title_key, str(draft.year or ""), title_key(draft.first_author)))
    return f"hash:{hashlib.sha256(said.encode()).hexdigest()[:32]}"
