"""What the linter says of migrations that an old release can't live with, and of those it can."""

import re
from typing import Any

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, RemoveIndexConcurrently
from django.db import models
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    DeleteModel,
    Migration,
    RemoveField,
    RemoveIndex,
    RenameField,
    RenameModel,
    RunPython,
)
from django.db.migrations.state import ModelState, ProjectState

from tests.house import ROOT
from tests.migrations.linter import BEFORE_RELEASE, EXCEPTIONS, Linter, statements_of

pytestmark = pytest.mark.once
CHECK = models.CheckConstraint(condition=models.Q(size__gte=0), name="not_below")
INDEX = models.Index(fields=["size"], name="by_size")


def keep(apps: Any, schema_editor: Any) -> None:
    """Nothing to do."""


def migration_of(*operations: Any, atomic: bool = True) -> Migration:
    made = type("Migration", (Migration,), {"operations": list(operations), "atomic": atomic})
    return made("0099_new", "wiki")


def complaints_about(migration: Migration, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The rules that it breaks."""
    fields = [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=9))]
    fields += [("size", models.IntegerField(default=0))]
    state = ProjectState()
    state.add_model(ModelState("wiki", "Thing", fields, {"indexes": [models.Index(fields=["name"], name="by_name")]}))
    monkeypatch.setattr("django.db.migrations.loader.MigrationLoader", lambda **_: None)  # nothing but this one
    linter = Linter()
    monkeypatch.setattr(linter, "get_migration_hash", lambda *_: "")
    monkeypatch.setattr(linter, "get_sql", lambda *_: sql_of(linter, migration, state))
    linter.lint_migration(migration)
    return {re.split(": ", complaint)[1] for complaint in linter.complaints}


def sql_of(linter: Linter, migration: Migration, state: ProjectState) -> list[str]:
    linter.statements = statements_of(migration, state)
    return linter.statements


@pytest.mark.parametrize(
    ("operations", "rule"),
    [
        ([RemoveField("thing", "size")], "DROP_COLUMN"),
        ([RenameField("thing", "size", "length")], "RENAME_COLUMN"),
        ([RenameModel("Thing", "Matter")], "RENAME_TABLE"),
        ([DeleteModel("Thing")], "DROP_TABLE"),
        ([AddField("thing", "colour", models.CharField(max_length=9, default=""))], "NOT_NULL"),
        ([AlterField("thing", "size", models.BigIntegerField(default=0))], "ALTER_COLUMN"),
        ([AlterField("thing", "name", models.CharField(max_length=9, unique=True))], "ADD_UNIQUE"),
        ([AddIndex("thing", INDEX)], "CREATE_INDEX"),
        ([RemoveIndex("thing", "by_name")], "DROP_INDEX"),
        ([AddConstraint("thing", CHECK)], "ADD_CONSTRAINT"),
        ([RunPython(keep)], "RUNPYTHON_REVERSIBLE"),
        ([AddField("thing", "note", models.TextField(null=True)), RunPython(keep, keep)], "DATA_AND_SCHEMA"),
    ],
)
def test_what_the_release_before_cannot_live_with_is_named(
    operations: list[Any], rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rule in complaints_about(migration_of(*operations), monkeypatch)


@pytest.mark.parametrize(
    ("operations", "atomic"),
    [
        ([AddField("thing", "note", models.TextField(null=True))], True),
        ([AddField("thing", "colour", models.CharField(max_length=9, default="", db_default=""))], True),
        ([CreateModel("Other", [("id", models.BigAutoField(primary_key=True)), ("n", models.SlugField())])], True),
        ([AddIndexConcurrently("thing", INDEX)], False),
        ([RemoveIndexConcurrently("thing", "by_name")], False),
        ([AddConstraintNotValid("thing", CHECK)], True),
        ([RunPython(keep, keep)], True),
    ],
)
def test_what_both_can_live_with_is_left_alone(
    operations: list[Any], atomic: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert complaints_about(migration_of(*operations, atomic=atomic), monkeypatch) == set()


def test_an_exception_is_for_one_rule_and_has_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EXCEPTIONS, "wiki.0099_new", {"DROP_COLUMN": "no release reads it any more"})
    assert complaints_about(migration_of(RemoveField("thing", "size")), monkeypatch) == set()
    broken = migration_of(RemoveField("thing", "size"), RenameModel("Thing", "Matter"))
    assert complaints_about(broken, monkeypatch) == {"RENAME_TABLE"}


def test_every_app_with_migrations_is_looked_at() -> None:
    with_migrations = {path.parent.parent.name for path in ROOT.glob("*/migrations/0001_*.py")}
    assert with_migrations == set(BEFORE_RELEASE)


def test_make_check_asks_it() -> None:
    assert "-m tests.migrations" in (ROOT / "Makefile").read_text()
