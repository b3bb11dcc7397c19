"""The log of administrative acts is not edited: the database refuses, whoever asks.

On SQLite a table that a later migration alters is made anew, without its triggers: such a migration makes them again.
There rows can be deleted, by whoever has the file anyway; the model refuses.
"""

from django.db import migrations

TABLE = "community_auditentry"
SQLITE = f"""
CREATE TRIGGER audit_log_stands BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'the log of administrative acts is not edited'); END
"""
POSTGRES = f"""
CREATE FUNCTION audit_log_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the log of administrative acts is not edited' USING ERRCODE = 'integrity_constraint_violation'; END
$$;
CREATE TRIGGER audit_log_stands BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_log_stands()
"""
UNDO = {
    "sqlite": "DROP TRIGGER audit_log_stands",
    "postgresql": f"DROP TRIGGER audit_log_stands ON {TABLE}; DROP FUNCTION audit_log_stands()",
}


def guard(apps, schema_editor):
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRES}[schema_editor.connection.vendor], params=None)


def unguard(apps, schema_editor):
    schema_editor.execute(UNDO[schema_editor.connection.vendor], params=None)


class Migration(migrations.Migration):
    dependencies = [("community", "0014_roles_jobs_audit")]

    operations = [migrations.RunPython(guard, unguard)]
