from community.actions import invite, keep_bookmark, start_job
from community.models import Membership
from tests.access.words import ADMIN, ANYBODY, MEMBERS, SELF
from tests.factories import a_file, a_thread, an_image, an_upload
from tests.invited import a_token_of

TABLE = f"""
add_file                GET   in   200 200 200 200 404 404 403 200 404 404
add_file                POST  401  422 422 422 422 404 404 403 422 404 404
file                    GET   {MEMBERS}
file_preview            GET   {MEMBERS}
image                   GET   {MEMBERS}
readers                 POST  401  200 200 200 200 404 404 200 200 404 404
community_settings      GET   in   403 403 200 403 404 404 403 200 404 404
community_settings      POST  401  403 403 422 403 404 404 403 422 404 404
people                  GET   {MEMBERS}
person                  GET   {MEMBERS}
roles                   GET   {MEMBERS}
change_role             POST  401  403 403 to  403 404 404 403 to  404 404
job                     GET   in   404 404 200 404 404 404 404 200 200 404
organisation            GET   {ADMIN}
organisation            POST  401  403 403 422 403 403 403 403 403 422 403
audit_log               GET   in   403 403 200 403 403 403 403 200 200 403
organisation_logo       GET   404  404 404 404 404 404 404 404 404 404 404
organisation_style      GET   {ANYBODY}
trust                   POST  401  403 to  to  403 404 404 403 to  404 404
avatar                  GET   in   404 404 404 404 404 404 404 404 404 404
block                   GET   in   404 200 200 200 404 404 200 200 404 404
block                   POST  401  404 to  to  to  404 404 to  to  404 404
bookmarks               GET   {SELF}
bookmark                POST  401  to  to  to  to  404 404 to  to  404 404
bookmark_note           GET   in   200 404 404 404 404 404 404 404 404 404
bookmark_note           POST  401  to  404 404 404 404 404 404 404 404 404
remove_bookmark         POST  401  to  404 404 404 404 404 404 404 404 404
restore_bookmark        POST  401  to  404 404 404 404 404 404 404 404 404
invitation              GET   {ANYBODY}
invitation              POST  200  403 403 403 403 403 403 403 403 403 403
"""


def arguments(world):
    slug, bo = world.community.slug, world.bo.handle
    invited = {"email": "new@example.org", "role": Membership.Role.MEMBER, "invited_by": world.alice}
    token = a_token_of(invite(community=world.community, **invited))
    kept = keep_bookmark(person=world.bo, target=world.place.unit_place)  # Bo's own: nobody else's
    file, image = a_file(world.place, by=world.alice, upload=an_upload()), an_image(world.place, by=world.alice)
    a_thread(world.place, author=world.alice, body=f"{file.in_words()} {image.in_words()}")
    return {
        "add_file": [slug, world.place.pk],
        "file": [slug, file.pk, "photo.webp"],
        "file_preview": [slug, file.pk],
        "image": [slug, image.pk],
        "readers": [slug, world.place.pk],
        "community_settings": [slug],
        "people": [slug],
        "person": [bo],
        "organisation_logo": ["none.webp"],
        "organisation_style": ["7a1f5c"],
        "roles": [slug],
        "change_role": [slug, bo],
        "job": [start_job(kind="none", by=world.alice, community=world.community, title="Long", path="/").pk],
        "trust": [slug, bo],
        "avatar": [bo, "none.webp"],
        "block": [bo],
        "bookmark": ["unit", kept.object_id],
        "bookmark_note": [kept.pk],
        "remove_bookmark": [kept.pk],
        "restore_bookmark": [kept.pk],
        "invitation": [token],
    }
