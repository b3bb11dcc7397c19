"""The file that a backup is: what is wrong with it is found before anything is touched."""

import io
import json
import tracemalloc
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection

from config.backups import BackupError
from config.backups.archive import HEAD, PIECE_BYTES, SEAL_BYTES, UPLOADS, Archive, Writer
from tests.backups.conftest import run

once = pytest.mark.once  # without a database
MB = 1024 * 1024


def written(path: Path, head: dict | None = None, *files: bytes) -> Path:
    with path.open("wb") as out:
        writer = Writer(out)
        writer.add_json(HEAD, {"weft_backup": 1} | (head or {}))
        for number, content in enumerate(files):
            writer.add(f"{UPLOADS}{number}", io.BytesIO(content), len(content))
        writer.close()
    return path


@once
def test_what_is_cut_short_or_changed_anywhere_is_no_backup(tmp_path):
    whole = written(tmp_path / "whole", None, b"words" * 400, b"").read_bytes()
    for length in (0, 1, 511, 512, 3000, len(whole) - SEAL_BYTES, len(whole) - 1):
        refuses(tmp_path, whole[:length])
    for place in range(0, len(whole), 101):
        refuses(tmp_path, whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    refuses(tmp_path, whole + b"\n")
    with pytest.raises(BackupError, match="No such file"):
        Archive(tmp_path / "nowhere")


def refuses(folder: Path, content: bytes) -> None:
    (folder / "damaged").write_bytes(content)
    with pytest.raises(BackupError, match=r"damaged|no backup"):
        Archive(folder / "damaged")


@once
def test_neither_writing_nor_reading_holds_the_whole_in_memory(tmp_path):
    tracemalloc.start()
    with (tmp_path / "large").open("wb") as out:
        writer = Writer(out)
        writer.add_json(HEAD, {"weft_backup": 1})
        with writer.pieces("database/") as pieces:
            for _ in range(48):
                pieces.write(bytes(MB))
        writer.add(f"{UPLOADS}large", Zeros(48 * MB), 48 * MB)
        writer.close()
    sink = Sink()
    Archive(tmp_path / "large").copy_database(sink)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sink.count == 48 * MB
    assert peak < 4 * PIECE_BYTES


@once
def test_many_files_take_no_more_memory_than_few(tmp_path):
    tracemalloc.start()
    written(tmp_path / "many", None, *[b""] * 3_000)
    _now, written_with = tracemalloc.get_traced_memory()
    archive = Archive(tmp_path / "many")
    tracemalloc.reset_peak()
    assert sum(1 for _ in archive.members(UPLOADS)) == 3_000
    _now, read_with = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert max(written_with, read_with) < MB / 2


class Zeros(io.RawIOBase):
    def __init__(self, count: int) -> None:
        self.left = count

    def read(self, size: int = -1) -> bytes:
        given = min(size, self.left)
        self.left -= given
        return bytes(given)


class Sink(io.RawIOBase):
    count = 0

    def write(self, data) -> int:
        self.count += len(data)
        return len(data)


@once
def test_a_file_that_grew_shorter_meanwhile_stops_the_backup(tmp_path):
    with (tmp_path / "short").open("wb") as out, pytest.raises(BackupError, match="was to have 9"):
        Writer(out).add("uploads/short", io.BytesIO(b"words"), 9)


def test_what_a_later_weft_or_another_database_made_is_refused(beside, tmp_path, world):
    engine, other = connection.vendor, {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    base = {"engine": engine, "migrations": ["notifications.0001_initial"], "tables": {}, "files": 1}
    later = {"migrations": ["notifications.0001_initial", "notifications.9999_later"]}
    cases = {
        "later Weft": {"weft_backup": 2},
        "notifications.9999_later": later,
        "this installation": {"engine": other},
    }
    for number, (words, head) in enumerate(cases.items()):
        archive = written(tmp_path / f"{number}.weft", base | head, b"a file")
        with beside.entered():
            with pytest.raises(CommandError, match=words):
                run("restore", archive)
            assert connection.introspection.table_names() == []
            assert not beside.uploads.exists()


def test_a_damaged_one_touches_nothing(world, beside, archive):
    made = archive()
    content = bytearray(made.read_bytes())
    content[len(content) // 2] ^= 255
    made.write_bytes(content)
    with beside.entered():
        with pytest.raises(CommandError, match="Nothing was touched"):
            run("restore", made)
        assert connection.introspection.table_names() == []
        assert not beside.uploads.exists()


def test_rows_that_did_not_arrive_are_noticed(world, beside, archive, monkeypatch):
    made, read = archive(), Archive._read_head

    def one_more(self: Archive) -> dict:
        head = read(self)
        return head | {"tables": {name: count + 1 for name, count in head["tables"].items()}}

    monkeypatch.setattr(Archive, "_read_head", one_more)
    with beside.entered():
        with pytest.raises(CommandError, match=r"Rows are missing in .*discussions_post"):
            run("restore", made)
        assert json.dumps(connection.introspection.table_names()) == "[]"
