"""`python -m tests.production.people COMMAND`, with the settings of production: those of the tests are others. `make`
writes a small community and says who and what is in it; `told` says which of our words are in the database."""

import json
import os
import re
import sys
from typing import Any

import django

TOKEN = re.compile(r"\bw[0-9a-f]{12}\b")
WRITERS = 30


def make() -> dict[str, Any]:
    """Somebody with a password, somebody who is spoken to, and writers with a session each."""
    from django.test import Client

    from courses.actions.seeding import Wanted, seed
    from discussions.models import Thread

    community = seed(Wanted(units=1, members=WRITERS + 2, threads=6, posts=30), slug="heron").community
    people = [row.user for row in community.memberships.select_related("user").order_by("pk")]
    people = [person for person in people if not person.is_staff]
    bo, cleo, *writers = people[: WRITERS + 2]
    bo.set_password("correct horse battery")
    bo.save(update_fields=["password"])
    place = community.places.commons().get()
    threads = Thread.objects.filter(place__community=community).order_by("pk")
    sessions = []
    for writer in [bo, cleo, *writers]:
        client = Client()
        client.force_login(writer)
        sessions.append(next(iter(client.cookies.values())).value)
    return {
        "bo": bo.email,
        "cleo": {"email": cleo.email, "handle": cleo.handle},
        "sessions": {"bo": sessions[0], "cleo": sessions[1], "writers": sessions[2:]},
        "place": place.pk,
        "threads": [{"id": thread.pk, "place": thread.place_id} for thread in threads],
    }


def told() -> dict[str, Any]:
    """Our tokens in posts, once for each time they stand there, and how many events nobody was told of yet."""
    from discussions.models import Post
    from notifications.models import Delivery, Event

    bodies = Post.objects.values_list("source", flat=True)
    return {
        "tokens": [token for body in bodies for token in TOKEN.findall(body)],
        "untold": Event.objects.not_fanned_out().count(),
        "unsent": Delivery.objects.under_way().count(),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(json.dumps({"make": make, "told": told}[sys.argv[1]]()))
