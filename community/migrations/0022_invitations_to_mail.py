from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone


def ask_for_what_was_not_sent(apps, schema_editor):
    unsent = apps.get_model("community", "Invitation").objects.filter(sent_at=None, accepted_at=None, revoked_at=None)
    unsent.update(mail_due_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("community", "0021_moves")]

    operations = [
        migrations.AddField("invitation", "mail_due_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(ask_for_what_was_not_sent, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "invitation", "mail_due_at", models.DateTimeField(blank=True, default=timezone.now, null=True)
        ),
        migrations.AddIndex(
            "invitation",
            models.Index(
                fields=["mail_due_at"], condition=Q(mail_due_at__isnull=False), name="invitation_to_be_mailed"
            ),
        ),
    ]
