"""What comes in as files: which kinds are taken where nobody says otherwise, and where reading one ends."""

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

READ_PAST = 4  # times the limit are read of what is too large, so that the page can say so; then the line is cut

TYPES_TAKEN = [  # as their content says; `*` stands for anything
    "application/epub+zip",
    "application/gzip",
    "application/json",
    "application/msword",
    "application/pdf",
    "application/rtf",
    "application/vnd.*",
    "application/x-7z-compressed",
    "application/x-bzip2",
    "application/x-ndjson",
    "application/x-ole-storage",
    "application/x-tar",
    "application/x-xz",
    "application/xml",
    "application/zip",
    "application/zstd",
    "audio/*",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
    "image/webp",
    "text/*",
    "video/*",
]


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Files on disk while they come in, up to FILE_BYTES_MAX. More is not kept: what the form sees is an empty file
    that says how many bytes came."""

    taken = 0  # bytes, of all files of the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.taken += len(raw_data)
        if self.taken <= settings.FILE_BYTES_MAX:
            super().receive_data_chunk(raw_data, start)
        elif not self.file.closed:
            self.file.close()  # which removes it
        if self.taken > READ_PAST * settings.FILE_BYTES_MAX:
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.file.closed:
            nothing: dict[str, Any] = {"content_type": self.content_type, "charset": self.charset}
            return InMemoryUploadedFile(io.BytesIO(), self.field_name, self.file_name, size=file_size, **nothing)
        return super().file_complete(file_size)
