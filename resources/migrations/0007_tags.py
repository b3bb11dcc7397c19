"""Each community's own tags, and who found what useful."""

import django.db.models.deletion
import django.utils.timezone
import taggit.managers
from django.conf import settings
from django.db import migrations, models


def move_over(apps, schema_editor):
    """Each community gets its own of the tags that all shared; what nothing else has of those is gone."""
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="resources", model="resource").first()
    tags, taggings = apps.get_model("resources", "Tag").objects, apps.get_model("resources", "Tagging").objects
    tagged = apps.get_model("taggit", "TaggedItem").objects.filter(content_type=kind)
    communities = dict(apps.get_model("resources", "Resource").objects.values_list("pk", "place__community"))
    for row in tagged.filter(object_id__in=communities).select_related("tag").iterator():
        words = {"name": row.tag.name[:40], "community_id": communities[row.object_id]}
        tag, _made = tags.get_or_create(**words)
        taggings.get_or_create(content_object_id=row.object_id, tag=tag)
    names = list(tagged.values_list("tag", flat=True))
    tagged.delete()
    others = apps.get_model("taggit", "TaggedItem").objects.values("tag")
    apps.get_model("taggit", "Tag").objects.filter(pk__in=names).exclude(pk__in=others).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0006_trusting"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("resources", "0006_link_checks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="Tag")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tags", to="community.community"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tagging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taggings", to="resources.resource"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taggings", to="resources.tag"
                    ),
                ),
            ],
        ),
        migrations.AlterField(
            model_name="resource",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="resources.Tagging",
                to="resources.Tag",
                verbose_name="Tags",
            ),
        ),
        migrations.CreateModel(
            name="Useful",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="found_useful",
                        to="resources.resource",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(fields=("community", "name"), name="one_tag_a_name_and_community"),
        ),
        migrations.AddConstraint(
            model_name="tagging",
            constraint=models.UniqueConstraint(fields=("content_object", "tag"), name="one_tagging"),
        ),
        migrations.AddConstraint(
            model_name="useful",
            constraint=models.UniqueConstraint(fields=("resource", "person"), name="useful_once_a_person"),
        ),
        migrations.RunPython(move_over, migrations.RunPython.noop, elidable=True),
    ]
