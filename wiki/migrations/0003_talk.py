"""A place to talk about each page: the column, then the places of the pages that are there, then no page without."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("community", "0002_place_within"), ("wiki", "0002_key")]

    operations = [
        migrations.AddField(
            "wikipage",
            "talk",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="wiki_page",
                to="community.place",
            ),
        ),
    ]
