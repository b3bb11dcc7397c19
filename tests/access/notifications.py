from notifications.mail.caught_up import SIGNER
from tests.access.words import ANYBODY, MEMBERS, SELF, WRITE

TABLE = f"""
notifications           GET   {SELF}
bell                    GET   {SELF}
mark_notifications_read POST  401  to  to  to  to  to  to to  to  to  to
digest_preview          GET   {SELF}
caught_up               GET   {ANYBODY}
caught_up               POST  {ANYBODY}
following               GET   {MEMBERS}
following               POST  {WRITE}
followings              GET   {SELF}
followings              POST  401  to  to  to  to  to  to to  to  to  to
mail_settings           GET   {SELF}
mail_settings           POST  401  422 422 422 422 422 422 422 422 422 422
push_on                 POST  401  422 422 422 422 422 422 422 422 422 422
push_off                POST  401  to  to  to  to  to  to to  to  to  to
restart_mail            POST  401  to  to  to  to  to  to to  to  to  to
"""


def arguments(world):
    return {
        "caught_up": [SIGNER.sign(f"{world.bo.pk}-0-0")],
        "following": ["place", world.place.pk],
    }
