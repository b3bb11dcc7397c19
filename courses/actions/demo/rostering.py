"""A list of people that an admin has brought and not done yet, and an invitation that waits for its answer."""

from accounts.models import User
from community.actions import bring_roster, invite
from community.models import Community, Membership

LIST = """Name;E-Mail;Role
Nia Brandão;nia@example.org;
Bo Lindqvist;bo@example.org;
Teresa Silva;teresa@example.org;Host
René Laurent;rene@example.org;Facilitator
Zoë de Wit;zoe@example;
=SUM(A1:A6);;
"""


def bring_people(community: Community, *, by: User) -> None:
    role = Membership.Role.MEMBER
    invite(community=community, email="uma@example.org", role=role, invited_by=by)
    content = LIST.encode("cp1252")
    bring_roster(by=by, community=community, content=content, role=role, name="late joiners.csv")
