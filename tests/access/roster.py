"""Many people at once: who may bring a list of them, and see what came of it."""

from community.actions import bring_roster, invite
from tests.access.words import HOST, SELF
from tests.invited import a_token_of

HOST_POST = "401  404 404 {0} 404 404 404 404 {0} {0} 404"

TABLE = f"""
roster                  GET   {HOST}
roster                  POST  {HOST_POST.format("422")}
export_roster           GET   {HOST}
roster_list             GET   {HOST}
read_roster             POST  {HOST_POST.format("422")}
apply_roster            POST  {HOST_POST.format("to ")}
discard_roster          POST  {HOST_POST.format("to ")}
invitations             GET   {HOST}
move_to_cohort          GET   {HOST}
move_to_cohort          POST  {HOST_POST.format("422")}
remind_invited          POST  {HOST_POST.format("to ")}
withdraw_invitation     POST  {HOST_POST.format("to ")}
my_words                GET   {SELF}
decline_invitation      POST  to   to  to  to  to  to  to  to  to  to  to
"""


def arguments(world):
    slug = world.community.slug
    brought = bring_roster(by=world.alice, community=world.community, content=b"nia@example.org", role="member")
    asked = {"email": "ida@example.org", "role": "member", "invited_by": world.alice}
    invitation = invite(community=world.community, **asked)
    return {
        **{name: [slug] for name in ["roster", "export_roster", "invitations", "move_to_cohort"]},
        **{name: [slug, brought.pk] for name in ["roster_list", "read_roster", "apply_roster", "discard_roster"]},
        **{name: [slug, invitation.pk] for name in ["remind_invited", "withdraw_invitation"]},
        "decline_invitation": [a_token_of(invitation)],
    }
