"""Each resource that is there gets a place to talk about it; why it was shared becomes a sharing. The same link twice
at a place becomes one resource with both."""

from django.db import migrations

from resources.models.address import fingerprint


def move_over(apps, schema_editor):
    resources, sharings = (
        apps.get_model("resources", "Resource").objects,
        apps.get_model("resources", "Sharing").objects,
    )
    first = {}
    for resource in resources.filter(talk=None).select_related("place__community").order_by("pk").iterator():
        print_of_it = fingerprint(resource.url) if resource.kind == "link" else ""
        home = first.setdefault((resource.place_id, print_of_it or resource.pk), resource)
        why = {name: getattr(resource, name) for name in ("key", "source", "html", "renderer", "created_at")}
        sharings.create(resource=home, sharer_id=resource.shared_by_id, **why)
        if home is resource:
            stand_alone(apps, resource, print_of_it)
        else:
            join_tags(apps, resource, home)
            resource.delete()


def stand_alone(apps, resource, print_of_it):
    place, path = resource.place, f"/c/{resource.place.community.slug}/r/{resource.pk}/"
    about = {"community_id": place.community_id, "within_id": place.pk, "title": resource.title, "path": path}
    resource.talk = apps.get_model("community", "Place").objects.create(kind="resource", **about)
    resource.fingerprint, resource.source, resource.html = print_of_it, "", ""
    resource.save(update_fields=["talk", "fingerprint", "source", "html"])


def join_tags(apps, resource, home):
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="resources", model="resource").first()
    tagged = apps.get_model("taggit", "TaggedItem").objects.filter(content_type=kind)
    there = tagged.filter(object_id=home.pk).values("tag")
    tagged.filter(object_id=resource.pk).exclude(tag__in=there).update(object_id=home.pk)
    tagged.filter(object_id=resource.pk).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0002_sharing"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [migrations.RunPython(move_over, migrations.RunPython.noop, elidable=True)]
