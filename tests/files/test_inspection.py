import faulthandler
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from files import inspection
from files.reading import __main__ as process
from files.reading import answers
from files.reading.facts import UNPRINTABLE, Refused
from tests import shared_data
from tests.files import making

NUMBERS = {"size": "64 MB", "limit": "50 MB", "pixels": 144}


def refusal_of(reader, tmp_path):
    out = BytesIO()
    process.answer_apart(tmp_path / "hostile", out, reader)
    out.seek(0)
    return answers.read(out)[0].reason


def test_a_parser_that_crashes_costs_the_file_not_the_worker(tmp_path):
    def crash(path):
        faulthandler.disable()  # pytest's report of a crash would look like ours
        os.kill(os.getpid(), signal.SIGSEGV)

    assert refusal_of(crash, tmp_path) == "broken"


def test_a_parser_that_never_ends_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(process, "SECONDS", 1)

    def loop(path):
        while True:
            pass

    assert refusal_of(loop, tmp_path) == "slow"


def test_a_parser_that_swells_is_stopped(tmp_path):
    assert refusal_of(lambda path: bytearray(process.MEMORY), tmp_path) == "slow"


def test_a_parser_cannot_write_files(tmp_path):
    def write(path):
        path.write_bytes(b"left behind")

    assert refusal_of(write, tmp_path) == "broken"
    assert not (tmp_path / "hostile").stat().st_size


def test_the_process_that_opens_files_knows_none_of_our_secrets(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "known to us alone")
    # A stand-in for Python that answers with what it was told.
    spy = tmp_path / "spy"
    spy.write_text(
        '#!/bin/sh\necho "$PORTAL_SECRET_KEY" > "$3.seen"; echo \'{"refused": "empty", "numbers": {}, "detail": ""}\'\n'
    )
    spy.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(spy))
    inspection.inspect_many([tmp_path / "file"])
    assert "known to us alone" not in (tmp_path / "file.seen").read_text()


def test_one_bad_file_among_many_spoils_no_other(tmp_path):
    paths = [tmp_path / name for name in ("one", "two", "three")]
    for path, content in zip(paths, (making.pdf(), b"", making.picture()), strict=True):
        path.write_bytes(content)
    pdf, empty, picture = inspection.inspect_many(paths)
    assert (pdf.kind, empty.reason, picture.kind) == ("pdf", "empty", "image")


def test_a_refusal_is_one_sentence_in_the_readers_language(tmp_path):
    path = tmp_path / "empty"
    path.touch()
    with translation.override("fr"), pytest.raises(ValidationError) as error:
        inspection.inspect(path)
    with translation.override("fr"):
        assert error.value.messages == ["Ce fichier est vide. Choisissez-en un autre."]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("reason", inspection.REFUSALS)
def test_every_refusal_is_worded_in_every_language(reason, language):
    with translation.override(language):
        sentence = inspection.refusal(reason, **NUMBERS).messages[0]
        with translation.override("en"):
            english = inspection.refusal(reason, **NUMBERS).messages[0]
    assert sentence.endswith(".")
    assert "please" not in sentence.lower()
    assert (sentence == english) == (language == "en")


def test_every_awkward_real_file_is_understood_or_refused():
    paths = shared_data.inputs("pdf", "pdf-malformed", "image", "office")
    halves = paths[::2], paths[1::2]
    with ThreadPoolExecutor(2) as pool:
        answers = [answer for half in pool.map(inspection.inspect_many, halves) for answer in half]
    assert len(answers) == len(paths) > 300
    reasons = [answer.reason for answer in answers if isinstance(answer, Refused)]
    assert set(reasons) <= set(inspection.REFUSALS)
    assert len(reasons) < len(paths) / 2
    # A lone surrogate, which no database takes, would fail to encode.
    texts = [text.encode().decode() for answer in answers if not isinstance(answer, Refused) for text in answer.texts]
    assert not any(UNPRINTABLE.search(text) for text in texts)
