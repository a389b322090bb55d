from io import BytesIO

import pytest
from django.conf import settings as ours
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadhandler import load_handler
from django.http.multipartparser import MultiPartParser
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from files import services, uploads


@pytest.fixture
def parsed(settings):
    """A form as it arrives."""
    settings.MAX_FILE_BYTES = 100_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10

    def parse(size):
        upload = ContentFile(b"x" * size, name="a.pdf")
        body = encode_multipart(BOUNDARY, {"before": "typed", "file": upload, "after": "typed too"})
        meta = {"CONTENT_TYPE": MULTIPART_CONTENT, "CONTENT_LENGTH": str(len(body))}
        handlers = [load_handler(name, None) for name in ours.FILE_UPLOAD_HANDLERS]
        source = BytesIO(body)
        return *MultiPartParser(meta, source, handlers).parse(), source

    return parse


def test_a_file_at_the_limit_arrives_whole(parsed):
    _typed, files, _source = parsed(100_000)
    assert files["file"].read() == b"x" * 100_000


def test_a_file_above_it_is_not_kept_and_what_was_typed_is(parsed, settings):
    typed, files, _source = parsed(300_000)
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []
    assert (files["file"].name, files["file"].size, files["file"].read()) == ("a.pdf", 300_000, b"")
    assert typed.dict() == {"before": "typed", "after": "typed too"}
    with pytest.raises(ValidationError) as refused:
        services.check_file(content=files["file"])
    assert refused.value.messages == ["The file is 293.0\xa0KB. The limit is 97.7\xa0KB. Reduce it or give us a link."]


def test_who_never_stops_is_hung_up_on(parsed, settings, monkeypatch):
    monkeypatch.setattr(uploads, "PATIENCE", 2)
    typed, files, source = parsed(1_000_000)
    assert (typed.dict(), dict(files)) == ({"before": "typed"}, {})
    assert source.tell() < 500_000
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []
