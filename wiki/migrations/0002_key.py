"""A key for each page, so that a form sent twice makes one; the pages that are there get one each."""

import uuid

from django.db import migrations, models


def give_keys(apps, schema_editor):
    pages = apps.get_model("wiki", "WikiPage").objects
    for page in pages.only("pk"):
        pages.filter(pk=page.pk).update(key=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("community", "0001_initial"), ("wiki", "0001_initial")]

    operations = [
        migrations.AddField("wikipage", "key", models.UUIDField(default=uuid.uuid4)),
        migrations.RunPython(give_keys, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "wikipage", models.UniqueConstraint(fields=("place", "key"), name="one_wiki_page_a_key")
        ),
    ]
