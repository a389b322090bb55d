"""Publications up to the figure. What one says depends on the seed and on its number alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max, Model
from django.utils.text import slugify
from fpdf import FPDF

from files.models import PageText, StoredFile
from portal.populate import chance, organisations
from portal.populate.chance import Skewed
from portal.populate.words import LANGUAGES, Words
from publications.models import Author, Document, Publication, Publisher
from publications.services import keep_title_keys
from taxonomy.models import Country, Goal, Licence, PublicationType, Region, Topic

M = TypeVar("M", bound=Model)
SOURCE = "populate"  # marks what we made, so that it can be topped up and cleared
CHUNK = 1000
MEMBERS = 38  # per cent uploaded by members
OPENED, CLOSED = datetime(2015, 9, 12, 9, tzinfo=UTC), datetime(2018, 12, 31, 18, tzinfo=UTC)
FILE = "files/populate/sample.pdf"  # one small file stands for all
FILES = 0.2  # share with a file and its text
SPOKEN = {"en": 70, "fr": 18, "es": 12}
TYPES = {
    "report": 26, "working-paper": 19, "policy-brief": 13, "journal-article": 12, "case-study": 6, "evaluation": 5,
    "review": 3, "guidelines-and-tools": 4, "law-or-policy-document": 2, "book": 1.5, "book-chapter": 1, "thesis": 0.5,
    "conference-paper": 1, "presentation": 2, "magazine-issue": 1, "infographic": 0.8, "audio": 0.4, "video": 1.2,
    "dataset": 0.4, "web-page": 0.2,
}  # fmt: skip
LEADING_TOPICS = (
    "cash-transfers",
    "social-assistance",
    "social-protection-systems",
    "children",
    "gender",
    "poverty",
    "targeting",
    "shock-responsive-social-protection",
    "social-insurance",
    "public-works",
    "health",
    "nutrition",
    "pensions",
)
_COUNTRIES = "KE BR ET IN ZA ID GH PH UG BD MX ZM TZ NP PE MW MZ NG RW LS PK SN VN CO"
LEADING_COUNTRIES = _COUNTRIES.split()
INCOME = {"LIC": 5.0, "LMIC": 4.0, "UMIC": 2.5, "HIC": 0.4, "": 0.15}
GIVEN = (
    "Amina Aïssata Ana Anjali Beatriz Carlos Chidi Claire David Elena Fatou Fernanda Grace Hassan Ibrahim Jean "
    "Joana John José Juan Kofi Laura Li Lucía Luis Mamadou Maria Marie Mariama Mei Miguel Mohamed Nadia Ngozi "
    "Olivia Omar Paulo Peter Priya Rosa Samuel Sara Sofía Sunita Tendai Thandiwe Thi Wanjiru Yusuf Zainab"
)
FAMILY = (
    "Abdi Adeyemi Ahmed Almeida Alvarez Banda Bhatt Castillo Chanda Chen Costa Dabo Diallo Diop Dubois "
    "Fernandes Fofana García Gomes Gupta Hernández Hossain Hussein Jones Juma Kamau Kaur Keita Khan Kim Kumar "
    "Lopes López Mahlangu Martin Mbeki Mensah Molina Morales Moyo Mwangi Ndlovu Nguyen Njoroge Nunes Okafor "
    "Okello Osei Ouattara Patel Pereira Phiri Quispe Rahman Ramos Rodríguez Rossi Santos Sarr Schmidt Sharma "
    "Silva Singh Smith Sow Tadesse Torres Touré Traoré Tshabalala Vargas Wang Yadav Zulu"
)


def missing(total: int) -> tuple[int, int]:
    """How many to make so that there are `total`, and how many of these as members' uploads."""
    there = Publication.objects.published()
    count = max(0, total - there.count())
    members = chance.shares(total, {"member": MEMBERS, "other": 100 - MEMBERS})["member"]
    return count, max(0, min(count, members - there.filter(provenance=Publication.Provenance.MEMBER).count()))


@dataclass
class Shelf:
    """Everything a publication may refer to, in orders that do not depend on keys."""

    words: Words = field(default_factory=Words)

    def __post_init__(self) -> None:
        topics = _led(Topic.objects.order_by("slug"), "slug", LEADING_TOPICS)
        self.topics = Skewed(topics, shift=4)
        countries = _led(Country.objects.order_by("slug"), "iso2", LEADING_COUNTRIES)
        ranks = (1 / (rank + 12) for rank in range(len(countries)))
        weights = [INCOME[row.income_group] * rank for row, rank in zip(countries, ranks, strict=True)]
        self.countries = Skewed(countries, weights=weights)
        self.regions = list(Region.objects.order_by("slug").values_list("pk", flat=True))
        self.goals = list(Goal.objects.filter(goal=None).order_by("position").values_list("pk", flat=True))
        self.publishers = organisations.popular()
        self.given, self.family = Skewed(GIVEN.split(), 30), Skewed(FAMILY.split(), 30)
        types = dict(PublicationType.objects.values_list("slug", "pk"))
        self.types = {types[slug]: weight for slug, weight in TYPES.items() if slug in types}
        self.articles = types.get("journal-article")
        rows = list(Licence.objects.order_by("position"))
        self.kept = [row.pk for row in rows if row.keeps_copy]
        self.linked = next(row.pk for row in rows if row.slug == "link-only")


def _led(rows: Iterable[M], field_name: str, leading: Sequence[str]) -> list[M]:
    """The leading ones in their order, then the others shuffled, always in the same way."""
    others = list(rows)
    Random("others").shuffle(others)
    ranks = {value: rank for rank, value in enumerate(leading)}
    return sorted(others, key=lambda row: ranks.get(getattr(row, field_name), len(ranks)))


@dataclass
class Lot:
    """The rows of some publications, each list one bulk_create."""

    publications: list[Publication] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    publishers: list[Publisher] = field(default_factory=list)
    links: dict[str, list[tuple[Publication, int]]] = field(
        default_factory=lambda: {"topic": [], "country": [], "region": [], "goal": []}
    )
    files: list[StoredFile] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    pages: list[PageText] = field(default_factory=list)


def make(count: int, members: int, seed: int) -> Iterator[int]:
    """Yields how many were made after each transaction."""
    shelf = Shelf()
    size = _sample_file()
    last = Publication.objects.filter(source=SOURCE).aggregate(last=Max("source_record"))["last"]
    first = int(last) + 1 if last else 0
    for start in range(0, count, CHUNK):
        lot = Lot()
        for place in range(start, min(start + CHUNK, count)):
            by_member = chance.is_one_of(place, members, count)
            _add(lot, shelf, Random(f"{seed} {first + place}"), first + place, by_member=by_member)
        for file in lot.files:
            file.size = size
        _write(lot)
        yield len(lot.publications)


def _sample_file() -> int:
    if not default_storage.exists(FILE):
        pdf = FPDF()
        pdf.add_page()
        pdf.set_font("helvetica", size=14)
        pdf.cell(text="A file made by populate.")
        default_storage.save(FILE, ContentFile(bytes(pdf.output())))
    return default_storage.size(FILE)


def _add(lot: Lot, shelf: Shelf, random: Random, number: int, *, by_member: bool) -> None:
    code = chance.of(random, SPOKEN)
    topics = list(
        {topic.pk: topic for topic in shelf.topics.draw(random, chance.of(random, {1: 4, 2: 4, 3: 2}))}.values()
    )
    places = shelf.countries.draw(random, chance.of(random, {0: 15, 1: 62, 2: 13, 3: 6, 6: 4}))
    has_file = random.random() < FILES
    publication = _publication(shelf, random, number, code, topics[0], places[0] if places else None)
    publication.licence_id = random.choice(shelf.kept) if has_file else shelf.linked
    publication.link = "" if has_file else f"https://example.org/library/{number}"
    publication.provenance = _provenance(random, by_member)
    lot.publications.append(publication)
    lot.authors += [
        Author(publication=publication, position=place, family=family, given=given)
        for place, (family, given) in enumerate(
            _names(shelf, random, chance.of(random, {0: 2, 1: 3, 2: 3, 3: 2, 5: 1}))
        )
    ]
    lot.publishers += [
        Publisher(publication=publication, organisation_id=pk, position=place)
        for place, pk in enumerate(
            dict.fromkeys(shelf.publishers.draw(random, chance.of(random, {1: 75, 2: 18, 3: 7})))
        )
    ]
    lot.links["topic"] += [(publication, topic.pk) for topic in topics]
    lot.links["country"] += [(publication, pk) for pk in {country.pk: None for country in places}]
    if not places or random.random() < 0.1:
        lot.links["region"].append((publication, random.choice(shelf.regions)))
    if random.random() < 0.5:
        lot.links["goal"].append((publication, shelf.goals[min(int(random.expovariate(0.5)), len(shelf.goals) - 1)]))
    if has_file:
        _add_file(lot, shelf, random, publication, code)


def _publication(
    shelf: Shelf, random: Random, number: int, code: str, topic: Topic, place: Country | None
) -> Publication:
    texts = {}
    others = [other for other in LANGUAGES if other != code and random.random() < 0.08]
    for language in (code, *others):
        label = getattr(topic, f"label_{language}")
        where = getattr(place, f"name_{language}") if place else _world(language)
        texts[f"title_{language}"] = shelf.words.title(random, language, label, where)
        texts[f"abstract_{language}"] = shelf.words.sentences(random, language, random.randint(3, 9))
    title = texts[f"title_{code}"]
    published_at = OPENED + timedelta(seconds=random.randrange(int((CLOSED - OPENED).total_seconds())))
    year = min(published_at.year, 2018 - int(random.expovariate(0.22)))
    month = random.randint(1, 12) if random.random() < 0.6 else None
    type_id = chance.of(random, shelf.types)
    views = int(random.paretovariate(1.1) * 12)
    return Publication(
        slug=f"{slugify(title)[:90].strip('-')}-{number}",
        status="published",
        original_language=code,
        published_at=published_at,
        type_id=type_id,
        languages=[code, *(other for other in others if random.random() < 0.5)],
        year=max(year, 1980),
        month=month,
        doi=f"10.5555/populate.{number}" if type_id == shelf.articles or random.random() < 0.1 else "",
        journal="Journal of Made-up Studies" if type_id == shelf.articles else "",
        source=SOURCE,
        source_record=f"{number:08d}",
        view_count=min(views, 60_000),
        download_count=min(int(views * random.random() * 0.6), 40_000),
        **texts,
    )


def _world(language: str) -> str:
    return {"en": "the world", "fr": "monde entier", "es": "todo el mundo"}[language]


def _provenance(random: Random, by_member: bool) -> str:
    if by_member:
        return Publication.Provenance.MEMBER
    return Publication.Provenance.AMBASSADOR if random.random() < 0.1 else Publication.Provenance.STAFF


def _names(shelf: Shelf, random: Random, count: int) -> Iterator[tuple[str, str]]:
    return zip(shelf.family.draw(random, count), shelf.given.draw(random, count), strict=True)


def _add_file(lot: Lot, shelf: Shelf, random: Random, publication: Publication, code: str) -> None:
    key = "".join(random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=12))
    stored = StoredFile(
        key=key,
        file=FILE,
        name=f"{publication.slug[:80]}.pdf",
        kind=StoredFile.Kind.PDF,
        media_type="application/pdf",
        # One file stands for all, and still two publications are not taken for each other by its contents.
        sha256=hashlib.sha256(key.encode()).hexdigest(),
        pages=max(1, int(random.lognormvariate(3, 0.8))),
        language=code,
    )
    lot.files.append(stored)
    lot.documents.append(Document(publication=publication, file=stored))
    for number in range(1, min(stored.pages or 1, random.randint(1, 3)) + 1):
        text = shelf.words.sentences(random, code, random.randint(4, 9))
        lot.pages.append(PageText(file=stored, number=number, text=text))


@transaction.atomic
def _write(lot: Lot) -> None:
    Publication.objects.bulk_create(lot.publications)
    keep_title_keys(publications=lot.publications)
    StoredFile.objects.bulk_create(lot.files)
    parts: list[Any] = [*lot.authors, *lot.publishers, *lot.documents]
    for row in parts:
        row.publication_id = row.publication.pk
    Author.objects.bulk_create(lot.authors)
    Publisher.objects.bulk_create(lot.publishers)
    for document in lot.documents:
        document.file_id = document.file.pk
    Document.objects.bulk_create(lot.documents)
    for page in lot.pages:
        page.file_id = page.file.pk
    PageText.objects.bulk_create(lot.pages)
    for name, links in (
        ("topic", Publication.topics.through),
        ("country", Publication.countries.through),
        ("region", Publication.regions.through),
        ("goal", Publication.goals.through),
    ):
        links._default_manager.bulk_create(
            links(publication_id=publication.pk, **{f"{name}_id": pk}) for publication, pk in lot.links[name]
        )
