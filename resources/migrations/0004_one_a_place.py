import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resources", "0003_sharings")]

    operations = [
        migrations.AlterField(
            "resource",
            "talk",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="resource", to="community.place"
            ),
        ),
        migrations.RemoveConstraint("resource", "one_resource_a_key"),
        migrations.RemoveField("resource", "key"),
        migrations.AddConstraint(
            "resource",
            models.UniqueConstraint(
                condition=models.Q(("fingerprint", ""), _negated=True),
                fields=("place", "fingerprint"),
                name="one_resource_a_place_and_fingerprint",
            ),
        ),
    ]
