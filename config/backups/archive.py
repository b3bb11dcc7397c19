"""The file that a backup is: a tar, which any tar reads, with a seal behind it.

    backup.json         what this is: format, when, which database, which migrations, how many rows in which table
    database/000000 …   the database's own dump, in pieces, because a tar has to know a size before what it is of
    uploads/<name> …    the files
    contents.jsonl      name, size and SHA-256 of each of these

The seal is the SHA-256 of all before it: one pass over the file tells that nothing is missing and nothing was changed.
Neither writing nor reading holds more than one piece in memory.
"""

import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from config.backups import BackupError

FORMAT = 1
HEAD, CONTENTS, DATABASE, UPLOADS = "backup.json", "contents.jsonl", "database/", "uploads/"
PIECE_BYTES = 4 * 1024 * 1024
SEAL = b"weft-backup sealed by sha256 %s\n"
SEAL_BYTES = len(SEAL % (b"0" * 64))
BROKEN = "{path} is damaged: it was cut short or changed after it was made. Nothing was touched; take another backup."


class _Sealing(io.RawIOBase):
    """Passes on what is written, and remembers its hash."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out, self.hash = out, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.out.write(data)
        self.hash.update(data)
        return len(data)


class _Pieces(io.RawIOBase):
    """Makes members of an archive from what is written, a piece each."""

    def __init__(self, writer: "Writer", prefix: str) -> None:
        self.writer, self.prefix, self.number, self.kept = writer, prefix, 0, bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.kept += data
        while len(self.kept) >= PIECE_BYTES:
            self._add(bytes(self.kept[:PIECE_BYTES]))
            del self.kept[:PIECE_BYTES]
        return len(data)

    def finish(self) -> None:
        if self.kept:
            self._add(bytes(self.kept))

    def _add(self, piece: bytes) -> None:
        self.writer.add(f"{self.prefix}{self.number:06}", io.BytesIO(piece), len(piece))
        self.number += 1


class Writer:
    """Writes an archive to `out`, which needs no seeking: a pipe will do."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out, self.sealing = out, _Sealing(out)
        self.tar = tarfile.open(mode="w|", fileobj=self.sealing, format=tarfile.PAX_FORMAT)  # type: ignore[call-overload]  # noqa: SIM115
        self.contents = tempfile.TemporaryFile("w+b")  # noqa: SIM115 not in memory: there may be a million files
        self.bytes = 0

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        """Raises BackupError when `source` has fewer bytes than `size`."""
        hashing = _Hashing(source)
        try:
            self._put(name, hashing, size)
        except OSError as error:
            if hashing.count >= size:
                raise
            raise BackupError(f"{name} has {hashing.count} bytes and was to have {size}.") from error
        self._note({"name": name, "size": size, "sha256": hashing.hash.hexdigest()})

    def add_json(self, name: str, value: Any) -> None:
        text = json.dumps(value, indent=1).encode()
        self.add(name, io.BytesIO(text), len(text))

    def note_missing(self, name: str) -> None:
        self._note({"name": name, "missing": True})

    @contextmanager
    def pieces(self, prefix: str) -> Iterator[_Pieces]:
        pieces = _Pieces(self, prefix)
        yield pieces
        pieces.finish()

    def close(self) -> None:
        """Without it there is no seal, and nobody takes what was written for a backup."""
        size = self.contents.tell()
        self.contents.seek(0)
        self._put(CONTENTS, self.contents, size)
        self.tar.close()
        self.contents.close()
        self.out.write(SEAL % self.sealing.hash.hexdigest().encode())

    def _put(self, name: str, source: Any, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self.tar.addfile(info, source)
        self.tar.members.clear()  # type: ignore[attr-defined]  # or it would remember all of them
        self.bytes += size

    def _note(self, line: dict[str, Any]) -> None:
        self.contents.write(json.dumps(line).encode() + b"\n")


class _Hashing:
    """Reads from another, and remembers hash and length of what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.hash, self.count = source, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.hash.update(data)
        self.count += len(data)
        return data


class Archive:
    """An archive to read from. It has been checked, every byte of it; raises BackupError when something is wrong."""

    def __init__(self, path: Path, tell: Callable[[int, int], None] = lambda done, of: None) -> None:
        self.path = path
        check_seal(path, tell)
        self.head = self._read_head()
        if self.head.get("weft_backup") not in range(1, FORMAT + 1):
            raise BackupError(f"{path} was made by a later Weft than this one. Update Weft, and restore it then.")

    def _read_head(self) -> dict[str, Any]:
        for _name, source in self.members(HEAD):
            return json.load(source)  # type: ignore[no-any-return]
        return {}

    def members(self, prefix: str) -> Iterator[tuple[str, IO[bytes]]]:
        """Name (without `prefix`) and content of each, in order; content is good until the next one."""
        with tarfile.open(self.path, "r:") as tar:
            while (info := tar.next()) is not None:
                tar.members.clear()  # type: ignore[attr-defined]
                found = tar.extractfile(info) if info.name.startswith(prefix) else None
                if found is not None:
                    yield info.name[len(prefix) :], found

    def copy_database(self, out: IO[bytes], tell: Callable[[int], None] = lambda done: None) -> None:
        done = 0
        for _number, piece in self.members(DATABASE):
            data = piece.read()
            out.write(data)
            done += len(data)
            tell(done)

    def missing(self) -> list[str]:
        """The files that were not there any more when the backup was made."""
        for _name, lines in self.members(CONTENTS):
            return [line["name"] for line in map(json.loads, lines) if line.get("missing")]
        return []


def check_seal(path: Path, tell: Callable[[int, int], None]) -> None:
    try:
        length, found = path.stat().st_size - SEAL_BYTES, hashlib.sha256()
        with path.open("rb") as file:
            if length <= 0 or not file.read(len(HEAD)) == HEAD.encode():
                raise BackupError(f"{path} is no backup of Weft.")
            file.seek(0)
            for done in range(0, length, PIECE_BYTES):
                found.update(file.read(min(PIECE_BYTES, length - done)))
                tell(done, length)
            is_whole = file.read() == SEAL % found.hexdigest().encode()
    except OSError as error:
        raise BackupError(f"{path} can't be read: {error.strerror}.") from error
    if not is_whole:
        raise BackupError(BROKEN.format(path=path))
