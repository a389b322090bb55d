import struct
from contextlib import suppress

import pytest

from files.reading import answers
from files.reading.facts import Refused
from files.reading.opening import read
from tests.files import making

W = 'xmlns:w="urn:w"'


@pytest.fixture
def reading(tmp_path):
    def read_bytes(content):
        path = tmp_path / "nameless"
        path.write_bytes(content)
        return read(path)

    return read_bytes


def reason(reading, content):
    with pytest.raises(Refused) as refused:
        reading(content)
    return refused.value.reason


def test_a_pdf_yields_its_pages_their_words_and_a_picture_of_the_first(reading):
    facts = reading(making.pdf("Cash transfers", "Pensions"))
    assert (facts.kind, facts.pages, facts.texts) == ("pdf", 2, ["Cash transfers", "Pensions"])
    assert facts.preview.content[:4] + facts.preview.content[8:12] == b"RIFFWEBP"
    assert 355 <= facts.preview.width <= 360


def test_a_locked_pdf_is_refused_as_locked(reading):
    assert reason(reading, making.pdf(password="swordfish")) == "locked"


def test_a_pdf_cut_to_its_first_bytes_is_refused_as_broken(reading):
    assert reason(reading, making.pdf()[:60]) == "broken"


def test_a_photograph_is_turned_upright_and_tells_nothing_of_its_maker(reading):
    facts = reading(making.telling_photograph())
    with making.Image.open(making.BytesIO(facts.content)) as image:
        assert image.size == (20, 60)
        assert not image.getexif()
    for trace in (b"Someone", b"secret", b"Exif", b"ICC_PROFILE"):
        assert trace not in facts.content


@pytest.mark.parametrize(
    ("kind", "extension"),
    [("JPEG", ".jpg"), ("PNG", ".png"), ("GIF", ".png"), ("TIFF", ".png"), ("WEBP", ".webp"), ("AVIF", ".webp")],
)
def test_pictures_are_kept_in_a_form_every_browser_draws(reading, kind, extension):
    assert reading(making.picture(kind)).extension == extension


def test_a_transparent_picture_stays_transparent(reading):
    facts = reading(making.picture("WEBP", mode="RGBA"))
    with making.Image.open(making.BytesIO(facts.content)) as image:
        assert image.mode == "RGBA"


def test_a_small_file_of_too_many_pixels_is_refused_before_it_unfolds(reading):
    assert reason(reading, making.picture("PNG", (12000, 12000), "1")) == "picture_too_large"


def test_a_picture_of_several_pages_is_refused_because_all_but_one_would_be_lost(reading):
    second = making.Image.new("L", (4, 4))
    assert reason(reading, making.picture("TIFF", save_all=True, append_images=[second])) == "several_pictures"


def test_word_yields_pages_as_word_laid_them_out(reading):
    main = f"<w:d {W}><w:p><w:t>First</w:t></w:p><w:p><w:lastRenderedPageBreak/><w:t>Second</w:t></w:p></w:d>"
    facts = reading(making.office("docx", {"docProps/app.xml": "<P><Pages>7</Pages></P>"}, main=main))
    assert (facts.kind, facts.pages, facts.texts) == ("docx", 7, ["First", "Second"])


def test_slides_come_in_the_order_they_are_shown(reading):
    facts = reading(making.slides("Welcome", "Thank you"))
    assert (facts.kind, facts.pages, facts.texts) == ("pptx", 2, ["Welcome", "Thank you"])


def test_a_workbook_is_known_by_its_table_of_contents(reading):
    assert reading(making.office("xlsx")).kind == "xlsx"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (making.archive({"readme.txt": "x"}), "unknown"),
        (making.office("docx", declared="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (making.office("docx", {"word/vbaProject.bin": "x"}), "macros"),
        (making.office("docx", {"zeros": "\0" * 30_000_000}), "bomb"),
        (making.office("docx", main='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
    ],
)
def test_documents_we_do_not_take_say_why(reading, content, expected):
    assert reason(reading, content) == expected


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        ("pays,année\nKenya,2020\n".encode(), "text/csv; charset=utf-8"),
        ("pays;année\r\nKenya;2020\r\n".encode("windows-1252"), "text/csv; charset=windows-1252"),
        ("pays\tannée\nKenya\t2020\n".encode("utf-16"), "text/csv; charset=utf-16"),
        (b'a,b\n"two\nlines",1\n', "text/csv; charset=utf-8"),
    ],
)
def test_a_table_is_known_in_the_encodings_it_is_saved_in(reading, content, media_type):
    assert reading(content).media_type == media_type


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<?xml version="1.0"?><svg/>',
        b"\xef\xbb\xbf  <!DOCTYPE html><title>x</title>",
        "<html>".encode("utf-16"),
    ],
)
def test_what_may_carry_programs_is_refused_however_it_begins(reading, content):
    assert reason(reading, content) == "web"


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00\x03" + bytes(200), b"\x7fELF" + bytes(60), b"#!/bin/sh\na,b\nc,d\n", b"Just a letter.", b"\0" * 500],
)
def test_anything_else_is_refused_as_unknown(reading, content):
    assert reason(reading, content) == "unknown"


def test_an_empty_file_is_refused_as_empty(reading):
    assert reason(reading, b"") == "empty"


def test_captions_yield_what_is_spoken(reading):
    cues = "WEBVTT\r\n\r\n1\r\n00:01.000 --> 00:02.000\r\n<v Ana>Good\r\nmorning\r\n\r\nNOTE nothing\r\n"
    facts = reading(cues.encode())
    assert (facts.kind, facts.texts) == ("vtt", ["Good morning"])


@pytest.mark.parametrize(
    ("sample", "media_type", "seconds"),
    [
        ("bare.mp3", "audio/mpeg", 2),
        ("constant.mp3", "audio/mpeg", 2),
        ("varying.mp3", "audio/mpeg", 2),
        ("opus.ogg", "audio/ogg", 2),
        ("vorbis.ogg", "audio/ogg", 2),
        ("flac.ogg", "audio/ogg", 2),
        ("sound.m4a", "audio/mp4", 2),
        ("sound.webm", "audio/webm", 2),
        ("film.mp4", "video/mp4", 2),
        ("stream.mp4", "video/mp4", None),
        ("film.webm", "video/webm", 2),
    ],
)
def test_sound_and_film_are_known_by_their_container_and_say_how_long_they_are(sample, media_type, seconds):
    facts = read(making.SAMPLES / sample)
    assert (facts.media_type, facts.seconds) == (media_type, seconds)


def test_a_wave_says_how_long_it_is(reading):
    head = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data" + struct.pack("<I", 16000)
    facts = reading(b"RIFF" + struct.pack("<I", 16036) + b"WAVE" + head + bytes(16000))
    assert (facts.media_type, facts.seconds) == ("audio/wav", 2)


@pytest.mark.parametrize("sample", ["film.mov", "film.mkv"])
def test_films_that_browsers_do_not_play_are_refused(sample):
    with pytest.raises(Refused, match="unknown"):
        read(making.SAMPLES / sample)


@pytest.mark.parametrize("sample", ["constant.mp3", "vorbis.ogg", "film.mp4", "film.webm"])
def test_a_recording_cut_anywhere_is_read_or_refused(reading, sample):
    whole = (making.SAMPLES / sample).read_bytes()
    for length in range(1, len(whole), 37):
        with suppress(Refused):
            assert reading(whole[:length]).media_type


def test_facts_leave_a_process_and_come_back_the_same(reading):
    facts = reading(making.telling_photograph())
    pipe = making.BytesIO()
    answers.write(pipe, facts)
    pipe.seek(0)
    assert answers.read(pipe) == (facts, "")
