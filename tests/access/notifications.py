from notifications.mail.caught_up import SIGNER
from tests.access.words import ANYBODY, SELF

TABLE = f"""
notifications           GET   {SELF}
mark_notifications_read POST  401  to  to  to  to  to  to to  to  to  to
digest_preview          GET   {SELF}
caught_up               GET   {ANYBODY}
caught_up               POST  {ANYBODY}
"""


def arguments(world):
    return {"caught_up": [SIGNER.sign(f"{world.bo.pk}-0-0")]}
