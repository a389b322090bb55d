"""Bringing references in from a page: looked at first, written when somebody says so, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from publications import import_runs
from publications.models import ImportRun, Publication
from tests import factories

pytestmark = pytest.mark.django_db
TWO = "".join(
    f"TY  - RPRT\r\nTI  - {title}\r\nPY  - 2019\r\nUR  - https://elsewhere.example/{number}\r\nER  - \r\n"
    for number, title in enumerate(["Protección social en números", "Cash plus, step by step"])
)


@pytest.fixture(autouse=True)
def vocabulary(db):
    factories.publication_type("report")
    factories.publication_type("other")
    factories.licence("not-stated")


@pytest.fixture
def send(client, staff):
    client.force_login(staff)

    def send(content: str = TWO, name: str = "two.ris", **fields) -> object:
        data = {
            "file": SimpleUploadedFile(name, content.encode()),
            "licence": factories.licence("not-stated").pk,
            "language": "en",
            "status": "draft",
        }
        return client.post(reverse("imports:list"), data | fields)

    return send


@pytest.fixture
def run(send) -> ImportRun:
    send()
    import_runs.work()
    return ImportRun.objects.get()


def test_a_file_is_looked_at_and_nothing_is_written(run, client):
    assert (run.state, Publication.objects.count()) == ("checked", 0)
    page = client.get(reverse("imports:detail", args=[run.pk])).text
    assert "Cash plus, step by step" in page
    assert "Write 2 new records" in page


def test_what_is_new_is_written_once_somebody_says_so(run, client):
    client.post(reverse("imports:write", args=[run.pk]))
    import_runs.work()
    run.refresh_from_db()
    assert (run.state, Publication.objects.filter(status="draft").count()) == ("done", 2)


def test_saying_so_twice_writes_once(run, client):
    for _press in range(2):
        client.post(reverse("imports:write", args=[run.pk]))
        import_runs.work()
    assert Publication.objects.count() == 2


def test_a_run_that_a_dead_worker_left_is_done_by_the_next(run, client):
    import_runs.write_run(run=run)
    ImportRun.objects.update(state="writing", touched_at=timezone.now() - timedelta(hours=1))
    import_runs.work()
    run.refresh_from_db()
    assert (run.state, Publication.objects.count()) == ("done", 2)


def test_a_run_that_a_worker_does_is_left_to_it(run):
    ImportRun.objects.update(state="writing", touched_at=timezone.now())
    assert import_runs.work() == 0


def test_a_file_that_holds_no_references_says_why(send, client):
    send("<html>no</html>", "page.ris")
    import_runs.work()
    assert "It is XML or HTML" in client.get(reverse("imports:detail", args=[ImportRun.objects.get().pk])).text


def test_a_form_without_a_file_says_so_and_keeps_what_was_typed(send):
    answer = send(file="", source="ODI library")
    assert "file" in answer.context["form"].errors
    assert "ODI library" in answer.text


def test_results_can_be_narrowed_to_what_was_refused(run, client):
    page = client.get(reverse("imports:detail", args=[run.pk]), {"kind": "refused"}).text
    assert "Cash plus, step by step" not in page
    assert "None of this kind." in page


def test_a_forgotten_run_leaves_no_file(run, client, django_capture_on_commit_callbacks):
    storage, path = run.file.storage, run.file.name
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("imports:forget", args=[run.pk]))
    assert not storage.exists(path)
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("name", ["list", "detail", "write", "forget"])
def test_the_room_is_the_teams(run, client, member, name):
    address = reverse(f"imports:{name}", args=[] if name == "list" else [run.pk])
    client.force_login(member)
    assert client.post(address).status_code in (403, 405)
    client.logout()
    assert "/login/" in client.post(address).url


@pytest.mark.parametrize("name", ["write", "forget"])
def test_reading_the_address_of_a_deed_changes_nothing(run, client, name):
    assert client.get(reverse(f"imports:{name}", args=[run.pk])).status_code == 405


def test_the_page_costs_the_same_for_one_reference_and_many(run, client, django_assert_max_num_queries):
    client.get(reverse("imports:list"))  # what waits in other rooms is counted
    with django_assert_max_num_queries(9):
        client.get(reverse("imports:detail", args=[run.pk]))
