import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wiki", "0004_talk_places")]

    operations = [
        migrations.AlterField(
            "wikipage",
            "talk",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="wiki_page", to="community.place"
            ),
        ),
    ]
