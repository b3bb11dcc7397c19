from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from community.actions import make_link
from community.models import JoinRequest, Membership
from tests.access.words import MEMBERS, SELF, WRITE
from tests.factories import a_person

RUN = "in   403 403 200 403 404 404 403 200 200 404"
RUN_POST = "401  403 403 {0} 403 404 404 403 {0} {0} 404"
LEAVING = ["leave_community", "show_name_again", "own_course"]
IN_ALREADY = "to  to  to  to  "

TABLE = f"""
found_community         GET   {SELF}
found_community         POST  401  422 422 422 422 422 422 422 422 422 422
find_communities        GET   {SELF}
join_community          GET   in   {IN_ALREADY} 404 404 to  to  404 404
join_community          POST  401  {IN_ALREADY} 404 404 to  to  404 404
withdraw_request        POST  401  404 404 404 404 404 404 404 404 404 404
join_requests           GET   {RUN}
admit                   POST  {RUN_POST.format("to ")}
decline                 POST  {RUN_POST.format("to ")}
archive_community       GET   {RUN}
archive_community       POST  {RUN_POST.format("to ")}
bring_back_community    POST  {RUN_POST.format("to ")}
own_course              GET   in   to  to  to  to  404 404 403 to  404 404
own_course              POST  401  to  to  to  to  404 404 403 to  404 404
leave_community         GET   {MEMBERS}
leave_community         POST  {WRITE}
show_name_again         POST  401  to  to  to  to  404 404 to  to  404 404
invite_links            GET   {RUN}
invite_links            POST  {RUN_POST.format("422")}
revoke_invite_link      POST  {RUN_POST.format("to ")}
invite_link             GET   200  {IN_ALREADY} 200 200 to  to  200 200
invite_link             POST  200  {IN_ALREADY} to  to  to  to  to  to
"""


def a_link(world):
    terms = {"expires_at": timezone.now() + timedelta(days=1), "places": None, "domains": [], "key": uuid4()}
    return make_link(community=world.community, by=world.alice, role=Membership.Role.MEMBER, **terms)


def arguments(world):
    community, link = world.community, a_link(world)
    asked = JoinRequest.objects.create(community=community, person=a_person())
    return {
        **{name: [community.slug] for name in ["join_community", "withdraw_request", "join_requests", "invite_links"]},
        **{name: [community.slug] for name in ["archive_community", "bring_back_community", *LEAVING]},
        **{name: [community.slug, asked.pk] for name in ["admit", "decline"]},
        "revoke_invite_link": [community.slug, link.pk],
        "invite_link": [link.token],
    }
