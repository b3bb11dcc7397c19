"""The files of a folder. Nothing outside of it is read, whatever its links say."""

import os
import re
import stat
from pathlib import Path, PurePosixPath

from markup import LIMITS, Profile

from .report import ImportProblem, Notes, Remark

FILES_MAX = 500
ENTRIES_MAX = 20_000  # looked at, with those that are no texts or images
PATH_MAX = 255  # characters
IMAGE_BYTES_MAX = 10 * 1024 * 1024
TEXT_BYTES_MAX = 4 * LIMITS[Profile.UNIT] + 40_000  # UTF-8 takes four bytes a character at most
TEXTS = (".md", ".markdown", ".rmd")
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
NUMBERS = re.compile(r"\d+")


class Folder:
    """A folder that holds a course. `files` are paths below it, with slashes, in the order people expect."""

    def __init__(self, root: Path, notes: Notes) -> None:
        self.notes = notes
        self.root = root.resolve()
        if not self.root.is_dir():
            raise ImportProblem([Remark(str(root), 0, "there is no such folder")])
        self.files = sorted(self.found(), key=natural)
        used = [path for path in self.files if path.lower().endswith(TEXTS + IMAGES)]
        if len(used) > FILES_MAX:
            raise ImportProblem([Remark(str(root), 0, f"has {len(used)} texts and images, at most {FILES_MAX} go")])

    def found(self) -> list[str]:
        paths: list[str] = []
        seen = 0
        for folder, folders, files in os.walk(self.root):
            seen += len(folders) + len(files)
            if seen > ENTRIES_MAX:
                raise ImportProblem([Remark(str(self.root), 0, "holds too many files to be a course")])
            below = Path(folder).relative_to(self.root)
            for name in [name for name in folders if (Path(folder) / name).is_symlink()]:
                self.notes.warn((below / name).as_posix(), 0, "is a link to another folder, so it was not read")
            folders[:] = [name for name in folders if not name.startswith(".")]
            paths += [(below / name).as_posix() for name in files if not name.startswith(".")]
        return [path for path in paths if self.is_plain(path)]

    def is_plain(self, path: str) -> bool:
        if (self.root / path).is_symlink():
            self.notes.warn(readable(path), 0, "is a link to another file, so it was not read")
        elif len(path) > PATH_MAX or readable(path) != path:
            self.notes.problem(readable(path)[:PATH_MAX], 0, "has a name that is too long or not UTF-8")
        elif (self.root / path).is_file():
            return True
        return False

    def texts(self, under: str = "") -> list[str]:
        return [path for path in self.below(under) if path.lower().endswith(TEXTS)]

    def images(self, under: str = "") -> list[str]:
        return [path for path in self.below(under) if path.lower().endswith(IMAGES)]

    def below(self, under: str) -> list[str]:
        return [path for path in self.files if path.startswith(under)]

    def first_of(self, *names: str) -> str | None:
        """The first of these files that the folder holds."""
        return next((name for name in names if name in self.files), None)

    def read(self, path: str, size_max: int) -> bytes | None:
        """The file's bytes; None, and a problem noted, if it can't be read."""
        try:
            handle = os.open(self.root / path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0))
            with open(handle, "rb") as file:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise OSError("it is no file")
                data = file.read(size_max + 1)
        except OSError as error:
            self.notes.problem(path, 0, f"can't be read: {error.strerror or error}")
            return None
        if len(data) > size_max:
            self.notes.problem(path, 0, f"is larger than {size_max // 1024:,} KB")
            return None
        return data

    def read_text(self, path: str) -> str | None:
        """The file's words with `\\n` between lines; None, and a problem noted, if it isn't a text."""
        data = self.read(path, TEXT_BYTES_MAX)
        if data is None:
            return None
        if b"\0" in data:
            self.notes.problem(path, data[: data.index(b"\0")].count(b"\n") + 1, "is not a text: it holds binary data")
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            self.notes.problem(path, line, f"is not UTF-8: byte 0x{data[error.start]:02x} stands here")
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")


def natural(path: str) -> tuple[tuple[tuple[int, str], ...], ...]:
    """A key that sorts `2-b` before `10-a`, folder by folder."""
    return tuple(number_key(part) for part in PurePosixPath(path).parts)


def number_key(name: str) -> tuple[tuple[int, str], ...]:
    padded = NUMBERS.sub(lambda match: match[0].lstrip("0").rjust(20, "0")[-20:], name.casefold())
    return ((0, padded), (1, name))


def readable(path: str) -> str:
    return path.encode(errors="surrogateescape").decode(errors="replace")
