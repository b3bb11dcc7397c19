from uuid import uuid4

from accounts.models import User
from community.models import Community
from discussions.actions import announce
from discussions.models import Thread


def an_announcement(community: Community, *, by: User, title: str = "", body: str = "") -> Thread:
    """What a guide tells a whole community."""
    words = {"title": title or "We meet on Thursday", "body": body or "At ten, in the usual room."}
    return announce(by=by, community=community, key=uuid4(), **words).thread
