"""Does one thing to a file and dies at the step whose number it is given; run by test_kills as a process of its own.

`python -m tests.files.dying` forks once for each step, for as long as there is one more, and prints what was wrong
after the sweep. Steps are every SQL statement and every touch of storage, before it and after.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

django.setup()

from django.core.files.storage import FileSystemStorage
from django.db import connection, transaction

from communities import document_services
from communities import models as communities
from files import services
from files.inspection import inspect
from files.models import StoredFile
from publications.models import Document, Publication
from publications.services import add_document, remove_document, replace_document
from tests.files import making

CONTENT = making.pdf("Cash transfers", "Pensions")


class Steps:
    def __init__(self, last: int) -> None:
        self.left = last

    def step(self) -> None:
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, do: Callable) -> Callable:
        def done(*args, **options):
            self.step()
            answer = do(*args, **options)
            self.step()
            return answer

        return done

    def statement(self, execute, sql, params, many, context):
        return self.around(execute)(sql, params, many, context)

    def watch(self) -> None:
        services.inspect = self.around(services.inspect)
        for name in ("_save", "delete"):
            setattr(FileSystemStorage, name, self.around(getattr(FileSystemStorage, name)))
        connection.ensure_connection()
        connection.execute_wrappers.append(self.statement)
        connection._commit = self.around(connection._commit)


def publication() -> Publication:
    return Publication.objects.get(slug="dying")


def add() -> None:
    add_document(publication=publication(), content=CONTENT, name="a.pdf")


def replace() -> None:
    replace_document(document=Document.objects.get(replaced_on=None), content=CONTENT, name="b.pdf", note="Mended")


def remove() -> None:
    remove_document(document=Document.objects.get())


def store_in_a_transaction() -> None:
    with transaction.atomic():
        services.store_file(content=CONTENT, name="a.pdf")


def add_to_community() -> None:
    community = communities.Community.objects.get(slug="dying")
    stored = services.store_file(content=CONTENT, name="a.pdf")
    about = {"title": "Minutes", "language": "en", "folder": None, "note": "", "by": community.owner}
    document_services.add_document(community=community, stored=stored, **about)


def delete_from_community() -> None:
    document_services.delete_documents(communities.Document.objects.all())


VERBS = {  # what is there before, and what is done
    "add": (lambda: None, add),
    "replace": (add, replace),
    "remove": (add, remove),
    "community": (lambda: None, add_to_community),
    "delete": (add_to_community, delete_from_community),
    "transaction": (lambda: None, store_in_a_transaction),
}


def deaths(verb: str) -> Iterator[list[str]]:
    """What is wrong after each death and the sweep."""
    before, do = VERBS[verb]
    step, died = 0, True
    while died:
        step += 1
        Document.objects.all().delete()
        communities.Document.objects.all().delete()
        StoredFile.objects.all().delete()
        before()
        connection.close()
        child = os.fork()
        if not child:
            Steps(step).watch()
            do()
            os._exit(0)
        died = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        services.remove_orphans()
        yield wrongs()


def wrongs() -> list[str]:
    promised = {name for pair in StoredFile.objects.values_list("file", "preview") for name in pair if name}
    media = Path(settings.MEDIA_ROOT)
    kept = {str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()}
    return [
        *(f"no file {name}" for name in promised - kept),
        *(f"no row {name}" for name in kept - promised),
        *(f"unfinished {path.name}" for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()),
    ]


if __name__ == "__main__":
    services.ORPHAN_AGE = timedelta(seconds=-60)
    look = settings.FILE_UPLOAD_TEMP_DIR / "look"
    look.write_bytes(CONTENT)
    facts = inspect(look)  # by the real process, once
    services.inspect = lambda path: facts
    print(json.dumps({verb: list(deaths(verb)) for verb in sys.argv[1:]}))
