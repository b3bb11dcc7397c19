from tests.access.words import SELF

TABLE = f"""
notifications           GET   {SELF}
mark_notifications_read POST  401  to  to  to  to  to  to to  to  to  to
"""


def arguments(world):
    return {}
