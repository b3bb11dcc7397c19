"""The uploads of a backup: those that the database of that moment names, in whatever storage they are."""

from collections.abc import Callable, Iterator
from typing import IO, Any

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import FileField

from config.backups.archive import UPLOADS, Archive, Writer

READ_BYTES = 64 * 1024
Tell = Callable[[str, int, int], None]


def names(cursor: Any, tables: set[str]) -> Iterator[str]:
    """The files that rows name, by a cursor of the database that is asked; of the tables that are there."""
    quote = connection.ops.quote_name
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        for field in model._meta.local_concrete_fields:
            if isinstance(field, FileField) and table in tables and field.column in columns_of(cursor, table):
                column = quote(field.column)
                cursor.execute(f"SELECT {column} FROM {quote(table)} WHERE {column} <> '' ORDER BY {column}")
                for (name,) in cursor:
                    yield name


def columns_of(cursor: Any, table: str) -> set[str]:
    """The table may be of an earlier Weft."""
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")
    return {column[0] for column in cursor.description}


def save(writer: Writer, named: list[str], tell: Tell) -> int:
    """Put the files into the archive; returns how many are not there any more."""
    missing = 0
    for number, name in enumerate(named):
        tell("Files", number, len(named))
        try:
            size = default_storage.size(name)
            with default_storage.open(name, "rb") as file:
                writer.add(UPLOADS + name, file, size)
        except FileNotFoundError:
            writer.note_missing(UPLOADS + name)
            missing += 1
    return missing


def put_back(archive: Archive, tell: Tell) -> list[str]:
    """Store the files that are not there, under their own names; returns those whose names other files have."""
    others = []
    for number, (name, content) in enumerate(archive.members(UPLOADS)):
        tell("Files", number, archive.head["files"])
        if not default_storage.exists(name):
            store(name, content)
        elif not is_same(name, content):
            others.append(name)
    return others


def overwrite(archive: Archive, those: list[str]) -> None:
    """Store the files of these names in place of the ones that have them."""
    wanted = set(those)
    for name, content in archive.members(UPLOADS) if wanted else ():
        if name in wanted:
            default_storage.delete(name)
            store(name, content)


def store(name: str, content: IO[bytes]) -> None:
    saved = default_storage.save(name, File(content, name))
    if saved != name:
        default_storage.delete(saved)
        raise OSError(f"The storage kept {name} as {saved}.")


def is_same(name: str, content: IO[bytes]) -> bool:
    with default_storage.open(name, "rb") as there:
        while True:
            mine, theirs = content.read(READ_BYTES), there.read(READ_BYTES)
            if mine != theirs:
                return False
            if not mine:
                return True
