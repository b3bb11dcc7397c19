from notifications.mail.stopping import token_for
from tests.access.words import ADMIN, ANYBODY

TABLE = f"""
stop_mail               GET   {ANYBODY}
stop_mail               POST  {ANYBODY}
try_mail_again          POST  401  to  to  to  to  to  to to  to  to  to
mail_report             POST  404  404 404 404 404 404 404 404 404 404 404
manage_mail             GET   {ADMIN}
retry_mail              POST  401  403 403 to  403 403 403 403 403 to  403
give_up_mail            POST  401  403 403 to  403 403 403 403 403 to  403
hold_mail               POST  401  403 403 to  403 403 403 403 403 to  403
metrics                 GET   {ANYBODY}
"""


def arguments(world):
    return {"stop_mail": [token_for(world.bo, world.community)], "mail_report": ["postmark"]}
