import shutil
from collections import Counter
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count
from django.urls import resolve, reverse

from content.models import Case, OldAddress, TranslationState
from content.promise import late_before
from members.models import User
from portal.demo import chance, loading, people, preparing
from portal.demo.shelf import FOLDER
from publications.models import Publication
from stakeholders.models import Organisation
from taxonomy.loading import load_vocabulary
from tests.publications.keys import not_found_by_all_titles


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The content as it is, but for most files, each of which takes a process to look into."""
    folder = tmp_path_factory.mktemp("demo") / "content"
    shutil.copytree(FOLDER, folder)
    entries = read(folder)
    for entry in [entry for entry in entries if "files" in entry][1:]:
        del entry["files"]
    write(folder, entries)
    return folder


def read(folder):
    return yaml.safe_load((folder / "publications.yaml").read_text())


def write(folder, entries):
    (folder / "publications.yaml").write_text(yaml.safe_dump(entries, allow_unicode=True))


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker, folder):
    """Loaded once for all tests of this file, whose own changes are undone one by one."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_vocabulary()
        yield loading.load_demo(folder=folder)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_once, db):
    return loaded_once


def test_every_reference_in_the_content_leads_somewhere(loaded):
    assert loaded.unknown == []


def test_the_library_has_depth_in_every_facet(loaded):
    published = Publication.objects.published()
    assert published.count() > 400
    assert Organisation.objects.published().count() >= 150
    assert published.values("type").distinct().count() >= 10
    assert published.values("topics").distinct().count() >= 60
    assert published.values("countries").distinct().count() >= 30
    assert published.values("provenance").distinct().count() == 4
    assert {"en", "fr", "es"} <= set(published.values_list("original_language", flat=True))


def test_its_records_are_found_by_all_their_titles(loaded):
    assert not_found_by_all_titles() == []


def test_some_records_are_read_much_and_most_are_read_little(loaded):
    counts = sorted(Publication.objects.published().values_list("view_count", flat=True))
    assert counts[-1] > 10 * counts[len(counts) // 2]


def test_records_appeared_here_over_the_years_and_none_in_the_future(loaded):
    years = {moment.year for moment in Publication.objects.published().values_list("published_at", flat=True)}
    assert len(years) >= 5
    assert max(years) <= chance.LATEST.year


def test_a_withdrawn_record_tells_why(loaded):
    withdrawn = Publication.objects.withdrawn().get()
    assert withdrawn.withdrawal_reason


def test_translations_have_their_states(loaded):
    about = TranslationState.objects.filter(content_type=ContentType.objects.get_for_model(Publication))
    assert set(about.values_list("origin", flat=True)) == {"human", "machine"}


def test_files_are_stored_and_described(loaded):
    publication = Publication.objects.annotate(number=Count("documents")).filter(number__gt=0).earliest("pk")
    stored = publication.documents.first().file
    assert stored.kind == "pdf"
    assert stored.pages > 1
    assert stored.page_texts.exists()


def test_a_dozen_cases_of_every_sort_and_a_community_wait_for_the_editors(loaded):
    cases = Case.objects.waiting()
    kinds = Counter(cases.values_list("kind", flat=True))
    assert kinds["publication"] + kinds["organisation"] == 12
    assert (kinds["community"], kinds["post"], kinds["event"]) == (1, 1, 1)
    assert {case.language for case in cases} == {"en", "fr", "es"}
    assert cases.filter(waiting_since__lt=late_before()).exists()
    assert cases.filter(claimed_by__isnull=False).exists()
    assert cases.filter(editor__isnull=False, steps__kind="said").exists()
    assert cases.filter(kind="organisation").exists()


def test_loading_again_changes_nothing(loaded, folder):
    before = list(Publication.objects.order_by("pk").values_list("pk", "updated_at"))
    again = loading.load_demo(folder=folder)
    assert not any(again.loaded.values())
    assert list(Publication.objects.order_by("pk").values_list("pk", "updated_at")) == before


def test_an_entry_that_changed_is_loaded_again_under_its_address(loaded, folder, tmp_path):
    shutil.copytree(folder, tmp_path / "content")
    entries = read(folder)
    entries[3]["date"] = "2001-05"
    write(tmp_path / "content", entries)
    before = Publication.objects.get(slug=entries[3]["slug"]).pk
    assert loading.load_demo(folder=tmp_path / "content").loaded["publications"] == 1
    publication = Publication.objects.get(slug=entries[3]["slug"])
    assert (publication.pk, publication.year, publication.month) == (before, 2001, 5)


@pytest.mark.parametrize(
    "old",
    [
        "/discover/publications/gendered-risks-poverty-and-vulnerability-india",
        "/discover/publications/cash-transfer-programmes-poverty-reduction-and-women%E2%80%99s-economic-empowerment",
        "/institutions/australia-department-foreign-affairs-and-trade-dfat",
        "/institutions/odi",
        "/sites/default/files/DFAT_Final_Report_2018.pdf",
        "/connect/communities/social-protection-employment-%E2%80%93-community-spec/sources-spec",
    ],
)
def test_an_old_address_leads_to_what_we_have(loaded, client, old):
    response = client.get(old)
    assert response.status_code == 301
    found = resolve(unquote(urlsplit(response.url).path))
    model = {"publications": Publication, "stakeholders": Organisation}[found.namespace]
    assert model.objects.filter(slug=found.kwargs["slug"]).exists()


def test_old_addresses_that_staff_edited_stay(loaded, folder):
    OldAddress.objects.filter(path="/institutions/odi").update(target="/discover/topics/")
    loading.load_demo(folder=folder)
    assert OldAddress.objects.get(path="/institutions/odi").target == "/discover/topics/"


def test_there_is_an_account_for_each_role_with_the_password_that_is_told(loaded, client):
    for account in people.ACCOUNTS:
        assert client.login(email=account.email, password=people.PASSWORD)
    assert User.objects.get(email="staff@demo.example").is_staff
    assert User.objects.get(email="administrator@demo.example").is_superuser


def test_members_who_are_no_account_cannot_sign_in(loaded):
    others = User.objects.filter(email__endswith="@members.demo.example")
    assert others.exists()
    assert not any(user.has_usable_password() for user in others)


def test_accounts_with_a_public_password_are_made_in_the_demonstration_alone(loaded, settings, folder):
    User.objects.filter(email="trusted@demo.example").delete()
    settings.DEMO = False
    with pytest.raises(RuntimeError):
        loading.load_demo(folder=folder)
    assert not User.objects.filter(email="trusted@demo.example").exists()


def test_the_sign_in_page_lists_the_accounts_in_the_demonstration(db, client):
    html = client.get(reverse("account_login")).content.decode()
    assert "administrator@demo.example" in html
    assert "demo-portal" in html


def test_the_sign_in_page_lists_nobody_elsewhere(db, client, settings):
    settings.DEMO = False
    html = client.get(reverse("account_login")).content.decode()
    assert "demo.example" not in html
    assert "demo-portal" not in html


def test_a_fingerprint_changes_with_a_file(tmp_path):
    (tmp_path / "one").write_text("1")
    before = preparing.fingerprint(tmp_path)
    (tmp_path / "one").write_text("2")
    assert preparing.fingerprint(tmp_path) != before
