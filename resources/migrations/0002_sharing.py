"""Who shared a resource and why, in rows of their own; a place to talk about each, empty for those that are there."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

PERSON = settings.AUTH_USER_MODEL


def maybe(to, **more):
    return models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=to, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0006_trusting"),
        ("resources", "0001_initial"),
        migrations.swappable_dependency(PERSON),
    ]

    operations = [
        migrations.CreateModel(
            name="Sharing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("source", models.TextField(blank=True, verbose_name="Why is it worth it?")),
                ("html", models.TextField(blank=True)),
                ("renderer", models.PositiveSmallIntegerField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("removed_by", maybe(PERSON, related_name="+")),
                ("mentioned", models.ManyToManyField(related_name="+", to=PERSON)),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sharings", to="resources.resource"
                    ),
                ),
                (
                    "sharer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sharings", to=PERSON),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["resource", "created_at"], name="resources_s_resourc_6a7612_idx"),
                    models.Index(fields=["sharer", "-created_at"], name="resources_s_sharer__08a8eb_idx"),
                ],
                "constraints": [models.UniqueConstraint(fields=("sharer", "key"), name="one_sharing_a_key")],
            },
        ),
        migrations.AddField("resource", "fingerprint", models.CharField(blank=True, max_length=64)),
        migrations.AddField("resource", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField("resource", "useful_count", models.PositiveIntegerField(default=0)),
        migrations.AddField("resource", "removed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("resource", "removed_by", maybe(PERSON, related_name="+")),
        migrations.AddField(
            "resource",
            "talk",
            models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="resource", to="community.place"
            ),
        ),
        migrations.AlterField(
            "resource",
            "kind",
            models.CharField(
                choices=[("link", "Link"), ("file", "File"), ("note", "Note")], default="link", max_length=8
            ),
        ),
        migrations.AlterField("resource", "source", models.TextField(blank=True, verbose_name="Note")),
        migrations.AlterField("resource", "title", models.CharField(blank=True, max_length=200, verbose_name="Title")),
    ]
