"""Bombs, files of two natures and files under false names: each taken for what it is, or refused with its sentence."""

import subprocess
import sys
import zlib

import pytest
from django.conf import settings

from files import inspection
from files.reading.facts import Refused
from tests.files import making

SCRIPT = b"<script>alert(1)</script>"
PHP = b"<?php system($_GET['c']); ?>"


def nested_archive():
    inner = making.archive({"zeros": bytes(20_000_000)})
    return making.office("docx", {f"{number}.zip": inner for number in range(300)} | {"zeros": "\0" * 30_000_000})


def entity_bomb(before=""):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'{before}<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e11;</x>'


def many_pages():
    document = making.FPDF()
    document.set_font("Helvetica", size=9)
    for number in range(1000):
        document.add_page()
        document.cell(0, 5, f"Page {number} of a long report")
    return bytes(document.output())


def huge_page():
    document = making.FPDF(unit="pt", format=(14_400, 14_400))
    document.add_page()
    return bytes(document.output())


def swelling_pdf():
    """Two hundred million drawing commands in a file of half a megabyte."""
    packer = zlib.compressobj()
    block = b"q 1 0 0 1 0 0 cm Q " * 50_000
    stream = b"".join(packer.compress(block) for _ in range(600)) + packer.flush()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 600]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return b"%PDF-1.5\n" + body + b"trailer<</Size 5/Root 1 0 R>>"


HOSTILE = {  # name it came under: content, what becomes of it
    "bomb.png": (lambda: making.picture("PNG", (12_000, 12_000), "1"), "picture_too_large"),
    "bomb.webp": (lambda: making.picture("WEBP", (5_000, 5_000)), "picture_too_large"),
    "photo-24-megapixels.jpg": (lambda: making.picture("JPEG", (6_000, 4_000)), "image/jpeg"),
    "photo-50-megapixels.jpg": (lambda: making.picture("JPEG", (8_688, 5_792)), "image/jpeg"),
    "zeros.docx": (nested_archive, "bomb"),
    "entities.docx": (lambda: making.office("docx", main=entity_bomb()), "broken"),
    "late-entities.docx": (lambda: making.office("docx", main=entity_bomb(f"<!--{' ' * 9000}-->")), "broken"),
    "1000-pages.pdf": (many_pages, "application/pdf"),
    "huge-page.pdf": (huge_page, "application/pdf"),
    "swelling.pdf": (swelling_pdf, "slow"),
    "script.gif": (lambda: making.picture("GIF") + b"/*" + SCRIPT + b"*/", "image/png"),
    "gif.js": (lambda: b"GIF89a=1;alert(1)//", "broken"),
    "page.pdf": (lambda: b"<html>" + SCRIPT + b"</html>" + making.pdf(), "application/pdf"),
    "archive.pdf": (lambda: making.pdf() + making.archive({"a.txt": "a"}), "application/pdf"),
    "shell.jpg": (lambda: making.picture("JPEG", comment=PHP) + PHP, "image/jpeg"),
    "report.exe": (making.pdf, "application/pdf"),
    "picture.pdf": (making.picture, "image/png"),
    "program.pdf": (lambda: b"MZ\x90\0" + bytes(200), "unknown"),
    "drawing.png": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>", "web"),
    "page.csv": (lambda: b"<!doctype html>" + SCRIPT, "web"),
    "nothing.pdf": (bytes, "empty"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def answers(folder):
    paths = [folder / name for name in HOSTILE]
    for path, (content, _expected) in zip(paths, HOSTILE.values(), strict=True):
        path.write_bytes(content())
    return dict(zip(HOSTILE, inspection.inspect_many(paths), strict=True))


@pytest.mark.parametrize(("name", "expected"), [(name, expected) for name, (_content, expected) in HOSTILE.items()])
def test_each_is_taken_for_what_it_is_or_refused(answers, name, expected):
    answer = answers[name]
    assert (answer.reason if isinstance(answer, Refused) else answer.media_type) == expected


@pytest.mark.parametrize("name", ["script.gif", "shell.jpg"])
def test_a_picture_is_written_anew_without_its_second_nature(answers, name):
    assert not any(trace in answers[name].content for trace in (b"script", b"php", b"alert"))


def test_no_process_that_opens_any_of_them_takes_300_megabytes(answers, folder):
    """Asked by a small process between, for a child's peak counts from its fork on, and pytest is large."""
    ask = (
        "import resource, subprocess, sys\n"
        "with open('answers', 'wb') as out: subprocess.run(sys.argv[1:], stdout=out, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    reading = [sys.executable, "-m", "files.reading", *(str(folder / name) for name in HOSTILE)]
    asked = [sys.executable, "-c", ask, *reading]
    done = subprocess.run(
        asked, cwd=folder, env={"PYTHONPATH": str(settings.BASE_DIR)}, capture_output=True, check=True
    )
    assert 30_000 < int(done.stdout) < 290_000  # kilobytes


def test_nothing_is_left_of_them(answers):
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []
