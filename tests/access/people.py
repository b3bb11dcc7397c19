"""Those of the cast who stand in the table only: a guest, a host who is nothing else, an L&D admin who is in no
community, and an author who is in none."""

from community.actions import join
from community.models import Membership
from courses.actions import name_author
from tests import factories as make


def more_roles(world):
    """Name → person."""
    gus, hal, ava = (make.a_person(name) for name in ("Gus Adeyemi", "Hal Brandt", "Ava Sørensen"))
    join(world.community, gus, role=Membership.Role.GUEST)
    join(world.community, hal, role=Membership.Role.HOST)
    name_author(by=world.alice, course=world.course, email=ava.email)
    return {"gus": gus, "hal": hal, "ada": make.an_admin("Ada Novak"), "ava": ava}
