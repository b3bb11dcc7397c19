"""`python -m tests.replicas.small_world` fills the database of DATABASE_URL with a few people and a conversation, and
prints who and where they are. The tables come from the models: the way of the migrations takes half a minute."""

import json

import django


def fill() -> dict[str, str]:
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder
    from django.test import Client

    given, settings.MIGRATION_MODULES = settings.MIGRATION_MODULES, {app.label: None for app in apps.get_app_configs()}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("migrate", run_syncdb=True, verbosity=0)
    settings.MIGRATION_MODULES = given
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(
        recorder.Migration(app=app, name=name) for app, name in MigrationLoader(None).disk_migrations
    )
    from discussions.actions import reply
    from tests import factories as make

    alice, bo, ed = (make.a_person(name, handle=name.lower()) for name in ("Alice", "Bo", "Ed"))
    community = make.a_community("Circle", slug="circle", host=alice, members=(bo, ed))
    thread = make.a_thread(make.commons_of(community), author=bo)
    reply(author=alice, thread=thread, body="This stood there before.", key=make.uuid4())

    def cookie(person) -> str:
        client = Client()
        client.force_login(person)
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    return {
        "session": settings.SESSION_COOKIE_NAME,
        **{person.handle: cookie(person) for person in (alice, bo, ed)},
        "thread": thread.get_absolute_url(),
        "changes": f"/c/circle/p/{thread.place_id}/changes/?after=0",
        "ed_s": str(community.memberships.get(user=ed).pk),
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(fill()))
