"""What is here already is shown beside the form, before the work is done."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from files.services import store_file
from publications import reviewing
from publications.duplicates import MOST, Wanted, find, similar_to_records
from publications.models import Draft, Publication
from publications.services import save_publication
from publications.titles import title_key
from taxonomy.models import Country
from tests import factories
from tests.files import making
from tests.publications.uploads import TYPED, begin, fill_in, pdf, send, step

pytestmark = pytest.mark.django_db

TITLE = "Social protection and the informal economy in East Africa"


def known(title=TITLE, **fields):
    return factories.publication(title, **fields)


def found(title="", **fields):
    wanted = Wanted(keys=frozenset({title_key(title)}), **fields)
    return [one.publication for one in find({1: wanted}, Publication.objects.all())[1]]


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        TITLE.upper() + "!",
        TITLE.replace("Social", "Socal"),
        TITLE.replace("Africa", "Afrika"),
        TITLE.replace("informal", "infformal"),
        TITLE.replace("the", "te"),
        TITLE + "s",
        "e" + TITLE,
    ],
)
def test_a_title_one_letter_different_is_found_wherever_the_letter_stands(title):
    record = known()
    assert found(title) == [record]


FRENCH = "La protection sociale et l’économie informelle en Afrique de l’Est"


@pytest.mark.parametrize("title", [FRENCH, FRENCH.replace("informelle", "informele"), TITLE])
def test_a_title_is_found_in_whatever_language_it_is_typed(title):
    record = known(title_fr=FRENCH)
    assert found(title) == [record]


def test_a_record_is_found_once_however_many_of_its_titles_are_alike():
    record = known(title_fr=TITLE + "s", title_es=TITLE)
    assert found(TITLE) == [record]


def test_a_title_that_was_changed_is_found_no_longer(staff):
    record = known(title_fr=FRENCH)
    record.title_fr = "Un autre titre"
    save_publication(publication=record, by=staff)
    assert found(FRENCH) == []
    assert found(TITLE) == [record]


def test_an_editor_sees_a_record_that_is_alike_in_a_translation():
    one, other = known(title_fr=FRENCH), known("Another title altogether", title_fr=FRENCH)
    assert [similar.publication for similar in similar_to_records([one])[one.pk]] == [other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Social Protection Report, volume II of the series", "Social Protection Report, volume III of the series"),
        ("Pensions for all: the state of the world in 2019", "Pensions for all: the state of the world in 2018"),
        ("Annual report", "Annual resort"),
        (TITLE, TITLE.replace("informal", "formal")),
    ],
)  # fmt: skip
def test_titles_that_differ_by_what_counts_are_two(one, other):
    known(one)
    assert found(other) == []


def test_countries_that_differ_by_a_letter_are_two(vocabulary):
    for iso2, name in (("IR", "Iran"), ("IQ", "Iraq")):
        Country.objects.create(iso2=iso2, iso3=iso2 + "X", m49=iso2 + "1", slug=name.lower(), name_en=name)
    known("Social protection and old age in Iran")
    assert found("Social protection and old age in Iraq") == []


def test_doi_isbn_and_file_are_enough(own_storage):
    by_doi, by_isbn = known("One", doi="10.1/a"), known("Two", isbn="9789221319467")
    by_file = known("Three", files=[store_file(content=making.pdf("Words"), name="a.pdf")])
    sha256 = by_file.documents.get().file.sha256
    assert found(doi="10.1/a") == [by_doi]
    assert found(isbn="9789221319467") == [by_isbn]
    assert found(hashes=frozenset({sha256})) == [by_file]
    assert found(doi="10.1/b", isbn="1", hashes=frozenset({"0"})) == []


def test_a_page_of_records_takes_as_many_queries_as_one(vocabulary):
    villages = ["Ambohi" + letter * 3 for letter in "abcdefghijklmnopqrst"]
    for village in villages:
        known(f"{TITLE}, as seen from {village}")
    keys = [title_key(f"{TITLE}, as sen from {village}") for village in villages]
    wanted = {number: Wanted(keys=frozenset({key}), doi="10.1/a") for number, key in enumerate(keys)}
    counts = []
    for some in (dict(list(wanted.items())[:1]), wanted):
        with CaptureQueriesContext(connection) as queries:
            assert all(find(some, Publication.objects.all()).values())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_every_question_is_answered_by_an_index():
    if connection.vendor != "sqlite":
        pytest.skip("SQLite tells its plan in one word")
    for column in ("doi", "isbn", "title_keys__key", "title_keys__start", "title_keys__end"):
        plan = Publication.objects.filter(**{f"{column}__in": ["a", "b"]}).explain()
        assert "USING INDEX" in plan, column
        assert "SCAN" not in plan, column


def test_no_more_are_shown_than_somebody_reads():
    for _again in range(6):
        known()
    assert len(found(TITLE)) == MOST


# ---------- Beside the form ----------


@pytest.fixture
def begun(sharer):
    """A draft whose file is here already."""
    upload = pdf()
    record = known(files=[store_file(content=upload, name="here.pdf")])
    upload.seek(0)
    return record, begin(sharer, way="file", upload=upload)


def test_the_same_file_shows_the_record_at_every_step(begun, sharer):
    record, draft = begun
    for name in ("file", "details"):
        page = sharer.get(step(draft, name)).content.decode()
        assert "Already here?" in page
        assert f'href="{record.get_absolute_url()}"' in page
    fill_in(sharer, draft)
    assert record.get_absolute_url() in sharer.get(step(draft, "check")).content.decode()


def test_a_title_one_letter_different_shows_the_record_when_the_form_comes_back(sharer, vocabulary):
    record = known()
    draft = begin(sharer, way="blank")
    page = fill_in(sharer, draft, title=TITLE.replace("Social", "Socal"), year="").content.decode()
    assert record.get_absolute_url() in page
    assert "Nearly the same title" in page


def test_the_french_title_of_an_english_record_shows_it_beside_the_form(sharer, vocabulary):
    record = known(title_fr=FRENCH)
    page = fill_in(sharer, begin(sharer, way="blank"), title=FRENCH, language="fr", year="").content.decode()
    assert record.get_absolute_url() in page


def test_another_one_is_kept_and_told_to_the_editor(begun, sharer):
    record, draft = begun
    sharer.post(reverse("publications:draft_other", args=[draft.key, record.pk]))
    assert "Already here?" not in sharer.get(step(draft, "details")).content.decode()
    sent = send(sharer, draft).publication
    texts = [check.text for check in reviewing.checks([sent])[sent.pk] if check.similar == record]
    assert texts == [f"The same file: {TITLE}. The member says that it is another one."]


def test_another_one_said_in_the_middle_of_the_form_keeps_what_was_typed(begun, sharer):
    record, draft = begun
    typed = TYPED | {"title": TITLE, "abstract": "Half a sent"}
    sharer.post(reverse("publications:draft_other", args=[draft.key, record.pk]), typed)
    page = sharer.get(step(draft, "details")).content.decode()
    assert "Half a sent" in page
    assert "Already here?" not in page


def test_it_is_this_one_ends_the_draft_after_a_question(begun, sharer):
    record, draft = begun
    address = reverse("publications:draft_same", args=[draft.key, record.pk])
    assert "Propose to add my file" in sharer.get(address).content.decode()
    assert Draft.objects.exists()
    assert sharer.post(address)["Location"] == record.get_absolute_url()
    assert not Draft.objects.exists()


def test_it_is_this_one_offers_the_file_as_a_correction(begun, sharer, member):
    record, draft = begun
    response = sharer.post(reverse("publications:draft_same", args=[draft.key, record.pk]), {"add": "1"})
    correction = Draft.objects.get()
    assert response["Location"] == correction.get_absolute_url()
    assert (correction.publication, correction.file.name, correction.title) == (record, "traders.pdf", TITLE)


def test_what_others_have_in_review_is_told_to_editors_alone(sharer, other_member):
    hidden = known(status="in_review", published_at=None, owner=other_member)
    draft = begin(sharer, way="blank")
    page = fill_in(sharer, draft, title=TITLE, link="https://www.example.org/").content.decode()
    assert "Already here?" not in page
    assert sharer.get(reverse("publications:draft_same", args=[draft.key, hidden.pk])).status_code == 404
    assert sharer.post(reverse("publications:draft_other", args=[draft.key, hidden.pk])).status_code == 404
    sent = send(sharer, draft, title=TITLE, link="https://www.example.org/").publication
    assert hidden in [check.similar for check in reviewing.checks([sent])[sent.pk]]
