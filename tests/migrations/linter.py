"""What is wrong with migrations: django-migration-linter's rules for PostgreSQL, and ours where it has none.

The SQL is made without a server, so `make check` needs none. What would have to look into a database (the name of a
constraint that goes) is left out of it.
"""

import re
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.migrations import Migration, RunPython
from django.db.migrations.operations.special import SeparateDatabaseAndState
from django_migration_linter.migration_linter import MessageType, MigrationLinter
from django_migration_linter.sql_analyser.base import Check, CheckMode, CheckType, Issue
from django_migration_linter.sql_analyser.postgresql import PostgresqlAnalyser

# The newest migration of each app when nothing had been released yet: no old release has to live with these.
BEFORE_RELEASE = {
    "accounts": 8,
    "community": 22,
    "courses": 11,
    "discussions": 20,
    "notifications": 19,
    "resources": 9,
    "wiki": 12,
}
# What a rule complains of and is right nevertheless: `"app.0042_name": {"CREATE_INDEX": "why it is right here"}`.
EXCEPTIONS: dict[str, dict[str, str]] = {}

POSTGRESQL = 15_00_00  # whose SQL it is


def scans_under_lock(statements: list[str], **_: Any) -> bool:
    """A constraint on a table that has rows: all of them are read while nobody may write."""
    made = {name for line in statements for name in re.findall(r'^CREATE TABLE ("\w+")', line)}
    for line in statements:
        found = re.search(r'^ALTER TABLE (?:ONLY )?("\w+") ADD CONSTRAINT .*(FOREIGN KEY|CHECK|EXCLUDE)', line)
        if found and found[1] not in made and "NOT VALID" not in line:
            return True
    return False


class Analyser(PostgresqlAnalyser):
    migration_checks = [
        *PostgresqlAnalyser.migration_checks,
        Check(
            code="ADD_CONSTRAINT",
            fn=scans_under_lock,
            message="ADDING a constraint reads the whole table under a lock; add it NOT VALID, and validate it later",
            mode=CheckMode.TRANSACTION,
            type=CheckType.ERROR,
        ),
    ]


class Collected(DatabaseSchemaEditor):
    """Keeps what it would say to a server."""

    def __init__(self) -> None:
        connection = DatabaseWrapper({"NAME": "nowhere", "OPTIONS": {}, "TIME_ZONE": None}, DEFAULT_DB_ALIAS)
        connection.__dict__["pg_version"] = POSTGRESQL
        connection.ops.compose_sql = written_out
        super().__init__(connection, collect_sql=True, atomic=False)
        self.deferred_sql: list[Any] = []

    def _constraint_names(self, *_: Any, **__: Any) -> list[str]:
        return []

    def quote_value(self, value: Any) -> str:
        return quoted(value)


def quoted(value: Any) -> str:
    """To be read, not to be run."""
    return f"'{value}'"


def written_out(sql: str, values: Any) -> str:
    return sql % tuple(map(quoted, values)) if values else sql


class Linter(MigrationLinter):
    """Those that come after the first release. `complaints` is what it found, one a migration and rule."""

    def __init__(self) -> None:
        super().__init__(no_output=True, all_warnings_as_errors=True, analyser_string="postgresql")
        self.sql_analyser_class = Analyser
        self.complaints: list[str] = []

    def lint_migration(self, migration: Migration) -> None:
        self.exclude_migration_tests = set(EXCEPTIONS.get(str(migration), ()))
        self.migration = migration
        super().lint_migration(migration)

    def should_ignore_migration(self, app_label: str, migration_name: str, *_: Any, **__: Any) -> bool:
        return int(migration_name[:4]) <= BEFORE_RELEASE.get(app_label, 9999)

    def get_sql(self, app_label: str, migration_name: str) -> list[str]:
        before = self.migration_loader.project_state((app_label, migration_name), at_end=False)
        self.statements = statements_of(self.migration, before)
        return self.statements

    def analyse_data_migration(self, migration: Migration) -> tuple[list[Issue], list[Issue], list[Issue]]:
        """Rows that are rewritten while their table is locked for another change keep everybody waiting, too."""
        errors, ignored, warnings = super().analyse_data_migration(migration)
        is_mixed = any(map(changes_rows, migration.operations)) and len(self.statements) > 2  # more than BEGIN, COMMIT
        if is_mixed and "DATA_AND_SCHEMA" not in self.exclude_migration_tests:
            errors.append(Issue(code="DATA_AND_SCHEMA", message="CHANGING rows and columns in one; make two of it"))
        return errors, ignored, warnings

    def print_linting_msg(self, app_label: str, migration_name: str, msg: str, lint_result: MessageType) -> None:
        self.current = f"{app_label}.{migration_name}" if lint_result == MessageType.ERROR else ""

    def print_errors(self, errors: list[Issue]) -> None:
        if self.current:
            self.complaints += [f"{self.current}: {each.code}: {each.message}" for each in errors]


def statements_of(migration: Migration, before: Any) -> list[str]:
    """As sqlmigrate shows them."""
    editor = Collected()
    migration.apply(before, editor, collect_sql=True)
    lines = [*editor.collected_sql, *(f"{statement};" for statement in editor.deferred_sql)]
    lines = [line for line in lines if not line.startswith("--")]
    return ["BEGIN;", *lines, "COMMIT;"] if migration.atomic else lines


def changes_rows(operation: Any) -> bool:
    if isinstance(operation, SeparateDatabaseAndState):
        return any(map(changes_rows, operation.database_operations))
    return isinstance(operation, RunPython)
