"""An import from its files to its verdicts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from model_bakery import baker

from content import caching
from content.models import ReviewStep, TranslationState
from files.models import StoredFile
from publications import importing
from publications.importing import running
from publications.models import Author, Document, Publication, Publisher
from publications.titles import title_key
from search.models import Change
from stakeholders.models import OrganisationName
from taxonomy.models import Country, Tag, Topic
from tests import shared_data
from tests.factories import licence, organisation, publication, publication_type
from tests.files import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vocabulary():
    for position, (slug, ris, csl) in enumerate(
        [
            ("report", "RPRT", "report"),
            ("working-paper", "RPRT", "report"),
            ("journal-article", "JOUR", "article-journal"),
        ]
    ):
        publication_type(slug, label_en=slug.replace("-", " "), ris_type=ris, csl_type=csl, position=position)
    licence("not-stated", label_en="Not stated", url="", keeps_copy=False)
    licence("cc-by-4-0")


def reference(number: int, **tags: str) -> str:
    words = ["cash", "school", "pension", "health", "work", "care", "food"]
    title = f"Evidence on {words[number % 7]} and {words[number // 7 % 7]} for households number {number}"
    lines = {"TY": "RPRT", "TI": title, "PY": "2018", "UR": f"https://example.org/{number}"} | tags
    return "".join(f"{tag}  - {value}\n" for tag, value in lines.items()) + "ER  - \n"


@pytest.fixture
def ris(tmp_path):
    def write(*references: str, name: str = "library.ris") -> Path:
        path = tmp_path / name
        path.write_text("".join(references), encoding="utf-8")
        return path

    return write


def run(*paths: Path, commit: bool = True, **options) -> importing.Report:
    wishes = importing.Options(**({"source": "A library"} | options))
    return importing.run(paths=paths, options=wishes, commit=commit)


def kinds(report: importing.Report) -> list[str]:
    return [verdict.kind for verdict in report.verdicts]


def test_without_commit_nothing_is_written(ris):
    report = run(ris(reference(1)), commit=False)
    assert kinds(report) == ["new"]
    assert not Publication.objects.exists()


def test_a_new_record_is_a_draft_that_keeps_its_source(ris):
    run(ris(reference(1, DO="10.1000/A", AU="Mwangi, Grace")))
    record = Publication.objects.get()
    assert (record.status, record.provenance, record.source) == ("draft", "imported", "A library")
    assert record.source_record == "doi:10.1000/a"
    assert record.licence.slug == "not-stated"
    assert record.title_keys.get().key == title_key(record.title_en)
    assert str(record.authors.get()) == "Grace Mwangi"
    assert ReviewStep.objects.get(object_id=record.pk).note == "Imported from A library."


def test_published_records_are_public_with_their_time(ris):
    run(ris(reference(1)), status="published")
    assert Publication.objects.published().get().published_at


def test_running_again_creates_nothing_and_names_the_records(ris):
    path = ris(reference(1), reference(2), reference(3, DO="10.1000/a"))
    first, second = run(path), run(path)
    assert kinds(first) == ["new"] * 3
    assert kinds(second) == ["same"] * 3
    assert [verdict.record for verdict in second.verdicts] == [verdict.record for verdict in first.verdicts]
    assert Publication.objects.count() == 3


def test_the_same_records_in_another_file_are_known(ris):
    run(ris(reference(1), reference(2)))
    report = run(ris(reference(2), reference(1), name="renamed.txt"), source="Another library")
    assert kinds(report) == ["same", "same"]


def test_a_killed_run_is_resumed_by_running_again(ris, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 2)
    path = ris(*(reference(number) for number in range(5)))

    def die(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.run(paths=[path], options=importing.Options(source="A library"), commit=True, progress=die)
    assert Publication.objects.count() == 4
    assert sorted(kinds(run(path))) == ["new", "same", "same", "same", "same"]
    assert Publication.objects.count() == 5


def test_the_counts_add_up(ris):
    report = run(ris(reference(1), reference(1), reference(2, TI=""), reference(3, UR=""), "TY  - RPRT\nER  - \n"))
    counts = {kind: report.count(kind) for kind in ("new", "same", "refused")}
    assert counts == {"new": 1, "same": 1, "refused": 3}
    assert report.read == sum(counts.values()) == 5


def test_every_refusal_is_a_sentence(ris):
    report = run(ris("PY  - 2018\nTI  - Torn\nAU  - A\nER  - \n", reference(1, TI=""), reference(2, UR="")))
    assert [verdict.reason for verdict in report.verdicts] == [
        "Its first line, which says the type (TY), is missing.",
        "It has no title.",
        "It leads nowhere: it has no link, DOI, Handle or file.",
    ]


def test_references_that_lead_nowhere_are_taken_as_drafts_when_asked_for(ris):
    path = ris(reference(1, UR=""))
    assert kinds(run(path, takes_bare=True)) == ["new"]


def test_a_title_of_ten_thousand_characters_is_kept_whole(ris):
    long = "pension " * 1250
    run(ris(reference(1, TI=long)))
    record = Publication.objects.get()
    assert len(record.title_en) == len(long.strip())
    assert len(record.slug) <= 120


def test_titles_in_any_script_get_an_address(ris):
    run(ris(reference(1, TI="الحماية الاجتماعية في المنطقة العربية"), reference(2, TI="社会保障")))
    assert len(set(Publication.objects.values_list("slug", flat=True))) == 2


def test_two_records_of_one_title_get_two_addresses(ris):
    run(ris(reference(1, PY="2017"), reference(1, PY="2018")))
    assert len(set(Publication.objects.values_list("slug", flat=True))) == 2


def test_publishers_and_signing_organisations_are_matched_by_any_name(ris):
    ilo = organisation("International Labour Organization", acronym_en="ILO")
    bank = organisation("World Bank")
    OrganisationName.objects.create(organisation=bank, text="The World Bank Group")
    run(ris(reference(1, PB="The World Bank Group, Washington, DC", AU="ILO"), reference(2, PB="World Bank; ILO")))
    first, second = Publication.objects.order_by("pk")
    assert [row.organisation_id for row in first.publishers.all()] == [ilo.pk, bank.pk]
    assert not first.authors.exists()
    assert {row.organisation_id for row in second.publishers.all()} == {ilo.pk, bank.pk}


def test_unknown_publishers_are_told_and_not_made(ris):
    report = run(ris(reference(1, PB="Grimble & Sons"), reference(2, PB="Grimble & Sons")))
    assert report.unknown_organisations == {"Grimble & Sons": 2}
    assert not Publisher.objects.exists()


def test_keywords_become_topics_and_countries_and_tags_only_when_asked_for(ris):
    topic = Topic(slug="cash", label_en="Cash transfers", label_fr="Transferts monétaires")
    Topic.objects.add_root(instance=topic)
    kenya = baker.make(Country, iso2="KE", iso3="KEN", m49="404", slug="kenya", name_en="Kenya")
    path = ris(reference(1, KW="transferts monétaires; Kenya; something else"))
    run(path)
    record = Publication.objects.get()
    assert (record.topics.get(), record.countries.get()) == (topic, kenya)
    assert not Tag.objects.exists()
    run(ris(reference(2, KW="something else; Something Else")), keeps_tags=True)
    assert [tag.name for tag in Publication.objects.latest("pk").tags.all()] == ["Something Else"]


def test_types_come_from_the_format_or_from_their_own_name(ris):
    run(ris(reference(1, TY="EJOUR"), reference(2, M3="Working Paper"), reference(3, TY="HEAR")))
    slugs = list(Publication.objects.order_by("pk").values_list("type__slug", flat=True))
    assert slugs == ["journal-article", "working-paper", "report"]


def test_the_language_is_told_or_seen_in_the_words(ris):
    french = "Les effets de la protection sociale sur le travail des enfants dans les villes"
    run(ris(reference(1, LA="spa"), reference(2, TI=french), reference(3)), language="en")
    assert list(Publication.objects.order_by("pk").values_list("original_language", flat=True)) == ["es", "fr", "en"]
    assert Publication.objects.get(original_language="fr").title_fr == french


def test_titles_in_several_languages_are_kept_with_their_state(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("title_en,title_fr,url\nCash,Espèces,https://example.org/a\n", encoding="utf-8")
    run(path)
    record = Publication.objects.get()
    assert (record.title_en, record.title_fr, record.original_language) == ("Cash", "Espèces", "en")
    assert {one.key for one in record.title_keys.all()} == {"cash", "especes"}
    assert TranslationState.objects.get(object_id=record.pk).language == "fr"


def test_the_index_and_the_kept_pages_are_told(ris, django_capture_on_commit_callbacks):
    before = caching.generations().get("publication")
    with django_capture_on_commit_callbacks(execute=True):
        run(ris(reference(1), reference(2)))
    noted = Change.objects.filter(kind="publication").values_list("object_id", flat=True)
    assert set(noted) == set(Publication.objects.values_list("pk", flat=True))
    assert caching.generations().get("publication") != before


def test_the_number_of_queries_does_not_grow_with_the_records(ris, django_assert_max_num_queries):
    with django_assert_max_num_queries(70):
        run(ris(*(reference(number, AU="Mwangi, Grace") for number in range(200))))
    assert Author.objects.count() == 200


def test_a_record_that_a_field_refuses_is_refused_with_the_fields_name(ris):
    report = run(ris(reference(1)), source="x" * 121)
    assert report.verdicts[0].kind == "refused"
    assert report.verdicts[0].reason.startswith("Source of the import: ")


def test_hostile_text_is_stored_as_text(ris):
    report = run(ris(reference(1, TI="' OR 1=1; --<script>alert(1)</script>\u202e{{ 7*7 }} ${jndi:ldap://x}")))
    assert kinds(report) == ["new"]
    assert "<script>" not in Publication.objects.get().title_en


def test_csl_json_is_imported(tmp_path):
    item = {
        "type": "article-journal", "title": "A title", "DOI": "10.1000/A", "container-title": "Journal",
        "author": [{"family": "Gómez", "given": "Ana"}, {"literal": "World Bank"}],
        "issued": {"date-parts": [[2018, 5, 3]]},
    }  # fmt: skip
    path = tmp_path / "a.json"
    path.write_text(json.dumps([item]))
    run(path)
    record = Publication.objects.get()
    assert (record.year, record.month, record.day, record.journal) == (2018, 5, 3, "Journal")
    assert [author.family for author in record.authors.all()] == ["Gómez", "World Bank"]


class TestFiles:
    @pytest.fixture
    def folder(self, tmp_path):
        folder = tmp_path / "pdfs"
        folder.mkdir()
        (folder / "report.pdf").write_bytes(making.pdf("One page"))
        return folder

    def test_a_file_found_in_the_folder_is_kept_with_its_record(self, ris, folder):
        report = run(ris(reference(1, UR="", L1="file:///C:/Zotero/report.pdf")), files=folder, licence="cc-by-4-0")
        assert kinds(report) == ["new"]
        assert Document.objects.get().publication_id == report.verdicts[0].record

    def test_the_same_file_is_the_same_record(self, ris, folder):
        run(ris(reference(1, L1="report.pdf")), files=folder, licence="cc-by-4-0")
        report = run(ris(reference(2, L1="report.pdf")), files=folder, licence="cc-by-4-0")
        assert (report.verdicts[0].kind, report.verdicts[0].reason) == ("same", "same file")
        assert StoredFile.objects.count() == 1

    def test_a_file_that_the_licence_does_not_let_us_keep_is_refused(self, ris, folder):
        assert kinds(run(ris(reference(1, L1="report.pdf")), files=folder)) == ["refused"]

    def test_a_file_that_is_none_refuses_its_record(self, ris, folder):
        (folder / "report.pdf").write_bytes(b"not a pdf")
        report = run(ris(reference(1, L1="report.pdf"), reference(2)), files=folder, licence="cc-by-4-0")
        assert kinds(report) == ["refused", "new"]
        assert not StoredFile.objects.exists()


class TestCommand:
    def test_it_lists_every_verdict_and_writes_nothing(self, ris, capsys):
        known = publication("Cash transfers in Kenya and beyond", doi="10.1000/a")
        call_command("import_publications", ris(reference(1), reference(2, DO="10.1000/a"), reference(3, UR="")))
        told = capsys.readouterr().out
        assert f"same as record {known.pk} (same DOI)" in told
        assert ": new" in told
        assert "refused: It leads nowhere" in told
        assert "Read 3: 1 new, 1 here already, 1 refused." in told
        assert "Nothing was written." in told

    def test_with_commit_it_lists_what_was_refused(self, ris, capsys):
        call_command("import_publications", ris(reference(1), reference(2, TI="")), "--commit")
        told = capsys.readouterr().out
        assert "It has no title." in told
        assert ": new" not in told
        assert Publication.objects.get().source == "library"

    def test_a_file_that_cannot_be_read_ends_in_an_error_after_the_others(self, ris, tmp_path):
        with pytest.raises(CommandError, match="1 file could not be read"):
            call_command("import_publications", tmp_path / "nowhere.ris", ris(reference(1)), "--commit")
        assert Publication.objects.exists()

    def test_an_unknown_licence_is_an_error(self, ris):
        with pytest.raises(CommandError, match="There is no licence"):
            call_command("import_publications", ris(reference(1)), "--licence", "nonsense")

    def test_what_leads_nowhere_is_never_published(self, ris):
        with pytest.raises(CommandError):
            call_command("import_publications", ris(reference(1)), "--bare", "--status", "published")


class TestRealFiles:
    def test_every_file_goes_through_and_every_record_has_its_verdict(self):
        paths = shared_data.inputs("ris", "bib", "biblio-other")
        first = run(*paths, takes_bare=True)
        assert first.read == len(first.verdicts) == sum(first.count(kind) for kind in ("new", "same", "refused"))
        assert all(verdict.reason for verdict in first.verdicts if verdict.kind != "new")
        assert all(file.problem or file.format for file in first.files)
        by_suffix = {file.name: file for file in first.files if Path(file.name).suffix in (".ris", ".bib")}
        assert not [name for name, file in by_suffix.items() if file.problem]
        count = Publication.objects.count()
        assert count == first.count("new") > 9000
        second = run(*paths, takes_bare=True)
        assert second.count("new") == 0
        assert Publication.objects.count() == count
