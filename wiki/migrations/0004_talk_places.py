from django.db import migrations


def make_places(apps, schema_editor):
    pages, places = apps.get_model("wiki", "WikiPage").objects, apps.get_model("community", "Place").objects
    for page in pages.filter(talk=None).select_related("community").defer("source", "html", "blocks").iterator():
        pages.filter(pk=page.pk).update(talk=places.create(**about_talk(page)))


def about_talk(page):
    path = f"/c/{page.community.slug}/w/{page.slug}/"
    about = {"community_id": page.community_id, "within_id": page.place_id, "title": page.title, "path": path}
    return about | {"kind": "wiki"}


class Migration(migrations.Migration):
    dependencies = [("wiki", "0003_talk")]

    operations = [migrations.RunPython(make_places, migrations.RunPython.noop, elidable=True)]
