"""What the people of the demo share: links, notes and files."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from community.actions import add_file
from community.models import Place


def shared_by(row: Mapping[str, Any], place: Place, sharer: User) -> dict[str, Any]:
    """What `resources.actions.share` takes for the link, the note or the file of a row."""
    if "file" in row:
        upload = SimpleUploadedFile(row["file"]["name"], row["file"]["text"].encode(), "text/plain")
        return {"file": add_file(by=sharer, place=place, upload=upload, key=uuid4())}
    return {"text": row["note"].strip()} if "note" in row else {"url": row["url"]}
