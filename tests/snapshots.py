"""What is in the database, to be put back later: made once for each worker instead of for each test."""

import shutil
from datetime import time
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models, transaction

FIXED = {"contenttypes", "auth", "sessions"}  # made by migrations, or nobody's business here


class Table:
    """The rows of a model's table as the database's driver gives and takes them; times of day, which SQLite's gives and
    does not take, as text."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        fields, quote = model._meta.concrete_fields, connection.ops.quote_name
        columns, table = ", ".join(quote(field.column) for field in fields), quote(model._meta.db_table)
        self.kind_columns = [number for number, field in enumerate(fields) if field.related_model is ContentType]
        marks = ", ".join(["%s"] * len(fields))
        self.insert = f"INSERT INTO {table} ({columns}) VALUES "
        self.row = f"({marks})"
        self.at_once = connection.ops.bulk_batch_size(fields, range(10_000)) or 10_000
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY {quote(model._meta.pk.column)}")
            self.rows: list[tuple[Any, ...]] = cursor.fetchall()

    def fill(self, kind_now: dict[int, int]) -> None:
        rows = self.renumbered(kind_now)
        with connection.cursor() as cursor:
            for start in range(0, len(rows), self.at_once):
                some = rows[start : start + self.at_once]
                values = [str(value) if isinstance(value, time) else value for row in some for value in row]
                cursor.execute(self.insert + ", ".join([self.row] * len(some)), values)

    def renumbered(self, kind_now: dict[int, int]) -> list[tuple[Any, ...]]:
        if not self.kind_columns:
            return self.rows
        rows = [list(row) for row in self.rows]
        for row in rows:
            for number in self.kind_columns:
                row[number] = kind_now[row[number]]
        return [tuple(row) for row in rows]


class Snapshot:
    """All rows and uploaded files as they are now."""

    def __init__(self, folder: Path) -> None:
        kinds = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in FIXED]
        self.tables = [table for table in map(Table, kinds) if table.rows]
        self.kinds = kinds_by_number()
        self.files = folder / "uploads"
        if Path(settings.MEDIA_ROOT).exists():
            shutil.copytree(settings.MEDIA_ROOT, self.files)

    def restore(self) -> None:
        """Put everything back into empty tables. Content types may have other numbers by now."""
        numbers = {name: number for number, name in kinds_by_number().items()}
        kind_now = {number: numbers[name] for number, name in self.kinds.items()}
        with transaction.atomic():
            for table in self.tables:
                table.fill(kind_now)
            self.count_on()
        if self.files.exists():
            shutil.copytree(self.files, settings.MEDIA_ROOT, dirs_exist_ok=True)

    def count_on(self) -> None:
        """New rows get numbers after those that were put back."""
        statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in self.tables])
        if statements:
            with connection.cursor() as cursor:
                cursor.execute(" ".join(statements))


def kinds_by_number() -> dict[int, tuple[str, str]]:
    return {number: (app, model) for number, app, model in ContentType.objects.values_list("pk", "app_label", "model")}


def empty_tables() -> None:
    """No rows but those that the migrations made; flushing would make these anew, too, after each test."""
    made = {ContentType._meta.db_table, Permission._meta.db_table}
    tables = sorted({*connection.introspection.django_table_names(only_existing=True, include_views=False)} - made)
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables))
