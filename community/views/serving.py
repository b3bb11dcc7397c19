"""Giving out stored content, whole or a part of it, so that an interrupted download goes on where it stopped."""

import re

from django.http import FileResponse, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

FILE_POLICY = "default-src 'none'; sandbox"
RANGE = re.compile(r"bytes=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII)


class Unsatisfiable(ValueError):
    """A range that begins behind the end."""


class Part:
    """So many bytes of an opened file, from `start` on; read in pieces."""

    def __init__(self, opened, start, length):
        self.opened, self.left = opened, length
        if start:
            opened.seek(start)

    def read(self, size=-1):
        data = self.opened.read(self.left if size < 0 else min(size, self.left)) if self.left else b""
        self.left -= len(data)
        return data

    def close(self):
        self.opened.close()


def serve_file(request, stored, *, size, etag, mime, name="", inline=False):
    """Content from Django's storage for whoever the caller let through just now: saved by the browser unless `inline`,
    run by none, kept by nobody on the way. Answers HEAD, a single Range, If-Range and If-None-Match."""
    quoted = f'"{etag}"'
    response = get_conditional_response(request, etag=quoted) or content_response(request, stored, size, quoted)
    if response.status_code in (200, 206):
        response["Content-Type"] = mime
        response["Content-Disposition"] = content_disposition_header(not inline, name) or "inline"  # RFC 6266
    response["ETag"] = quoted
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = FILE_POLICY
    return response


def content_response(request, stored, size, etag):
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": size})
    try:
        asked = asked_range(request, size, etag)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = asked or (0, size - 1)
    response = FileResponse(Part(stored.open("rb"), start, end - start + 1), status=206 if asked else 200)
    response["Content-Length"] = end - start + 1
    if asked:
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def asked_range(request, size, etag):
    """First and last byte of what is asked for; None for all of it, as where several ranges are asked for, or one of
    a version that is not this one. Raises Unsatisfiable."""
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    if not match or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if not first and not last:
        return None
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if first and last and int(last) < start:
        return None  # not a range at all
    if start >= size:
        raise Unsatisfiable
    return start, end
