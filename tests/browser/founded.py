"""Something of what people found and how others get in, for tests/browser/test_accessible.py."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from community.actions import archive, decline, make_link, request_to_join, revoke_link
from community.models import JoinRequest, Membership, Openness
from tests.factories import a_community, a_person

FINDING = ["/communities/new/", "/communities/find/", "/communities/find/?q=nothing"]


def founded(world):
    """Paths of the pages about founding, finding and joining, by who looks at them."""
    bo, alice = world.bo, world.alice
    a_community("Owl circle", purpose="For who is awake at night.", openness=Openness.OPEN)
    asked, waiting, free = (
        a_community(f"{name} circle", openness=Openness.REQUEST) for name in ("Kite", "Tern", "Bat")
    )
    host = asked.memberships.get().user
    request_to_join(community=waiting, person=bo, words="I ring herons.")
    request, _new = request_to_join(community=asked, person=bo, words="Please.")
    decline(request=request, by=host, reason="We are full until spring.")
    JoinRequest.objects.create(community=world.community, person=a_person("Nia Bell"), words="May I?")
    terms = {"expires_at": timezone.now() + timedelta(days=7), "key": uuid4(), "domains": ["example.org"], "places": 10}
    link = make_link(community=world.community, by=alice, role=Membership.Role.FACILITATOR, **terms)
    revoke_link(link=make_link(community=world.community, by=alice, role="guest", **terms | {"key": uuid4()}), by=alice)
    away = a_community("Heath circle", host=alice)
    archive(community=away, by=alice)
    own = a_community("Own circle", members=(bo,))
    doors = [f"/c/{one.slug}/join/" for one in (asked, waiting, free)]
    return {
        "bo": [
            f"/c/{own.slug}/course/new/",
            "/c/heron/leave/",
            "/communities/new/",
            "/communities/find/",
            "/communities/find/?q=nothing",
            *doors,
        ],
        "alice": [
            f"/c/{world.community.slug}/links/",
            f"/c/{world.community.slug}/requests/",
            f"/c/{away.slug}/archive/",
            f"/c/{away.slug}/leave/",
        ],
        "refused": [("alice", f"/c/{away.slug}/settings/", {"purpose": "Words for an archive"})],
        None: [f"/join/{link.token}/", "/join/none/"],
    }
