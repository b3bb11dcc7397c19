"""Static files as production serves them: with a hash in each name, compressed, and the style sheet in one piece.

What we write has no build step: css/app.css imports each piece, and in development a browser gets them one by one. On a
slow line that would be sixty requests before anything is painted; so `collectstatic` puts what app.css imports into it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET, FOLDER = "css/app.css", "css/"
IMPORT = re.compile(r'@import url\("([\w/.-]+)"\) layer\((\w+)\);')
ADDRESS = re.compile(r'url\("((?:\.\./)+)([\w/.-]+)"\)')


def in_one(sheet: str, read: Callable[[str], str]) -> str:
    """The style sheet with what it imports in its place, in its layer. `read` gives the text of a file by its name."""

    def piece(found: re.Match[str]) -> str:
        name, layer = found.groups()
        # Every address in a piece begins at the top of the static files, which is one folder above the sheet.
        text = ADDRESS.sub(r'url("../\2")', read(FOLDER + name))
        return f"@layer {layer} {{\n{text}}}"

    return IMPORT.sub(piece, sheet)


class Storage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if SHEET in paths and not dry_run:
            text = in_one(_text(paths, SHEET), lambda name: _text(paths, name))
            self.delete(SHEET)
            self.save(SHEET, ContentFile(text.encode()))
            paths = {**paths, SHEET: (self, SHEET)}  # from where its hash is taken
        yield from super().post_process(paths, dry_run, **options)


def _text(paths: dict[str, Any], name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        text: str = file.read().decode()
    return text
