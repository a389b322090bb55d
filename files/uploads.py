"""Stops keeping an upload once it is too large, and lets the form hear of it with everything else that was typed."""

from __future__ import annotations

from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

PATIENCE = 20  # times the limit: who sends more than that is hung up on


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Stands in for Django's own, which would write whatever comes to disk.

    What comes behind the limit is read and thrown away: a browser shows no answer before it has sent everything. The
    form gets an empty file of the true size, which `files.services` refuses with both numbers.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        end = start + len(raw_data)
        if end <= settings.MAX_FILE_BYTES:
            self.file.write(raw_data)
            return
        self.file.close()  # and so gone from disk
        if end > PATIENCE * settings.MAX_FILE_BYTES:
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if file_size <= settings.MAX_FILE_BYTES:
            return super().file_complete(file_size)
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size, self.charset)
