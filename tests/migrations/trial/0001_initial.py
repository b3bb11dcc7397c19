from django.db import migrations


class Migration(migrations.Migration):
    """Of nothing but tests/migrations/test_migrate.py."""

    operations = [migrations.RunSQL("CREATE TABLE trial (id integer)", "DROP TABLE trial")]
