"""Versions of pages stand as they were saved, but for the name beside them: who leaves a community may leave without
it. The database goes on refusing every other change; see migration 0009."""

from django.db import migrations

TABLE = "wiki_revision"
STANDS = "id, page_id, number, source, summary, base, submitted, created_at"
SQLITE = [
    "DROP TRIGGER revisions_stand",
    f"""
CREATE TRIGGER revisions_stand BEFORE UPDATE OF {STANDS} ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'versions of pages are not changed'); END
""",
]
POSTGRES = [
    f"DROP TRIGGER revisions_stand ON {TABLE}",
    f"""
CREATE TRIGGER revisions_stand BEFORE UPDATE OF {STANDS} OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION revisions_stand()
""",
]
BEFORE = {
    "sqlite": f"""
CREATE TRIGGER revisions_stand BEFORE UPDATE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'versions of pages are not changed'); END
""",
    "postgresql": f"""
CREATE TRIGGER revisions_stand BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION revisions_stand()
""",
}


def let_names_go(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRES}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def keep_names(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRES}[vendor][0], params=None)
    schema_editor.execute(BEFORE[vendor], params=None)


class Migration(migrations.Migration):
    dependencies = [("wiki", "0011_uploads")]

    operations = [migrations.RunPython(let_names_go, keep_names)]
