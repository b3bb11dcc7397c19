from courses.actions import open_hand_over
from tests.access.words import HOST, MEMBERS, WRITE

SEASON = ["season", "set_end", "turn_season", "undo_turn"]
HAND_OVER = ["hand_over", "open_hand_over", "leave_tip", "leave_link"]

TABLE = f"""
season                  GET   {HOST}
set_end                 POST  401  404 404 to  404 404 404 404 to  to  404
turn_season             POST  401  404 404 422 404 404 404 404 422 422 404
undo_turn               POST  401  404 404 to  404 404 404 404 to  to  404
hand_over               GET   {MEMBERS}
open_hand_over          POST  401  403 to  to  403 404 404 403 to  404 404
leave_tip               POST  {WRITE}
leave_link              POST  {WRITE}
course_practice         GET   in   403 403 200 403 404 404 403 403 200 403
course_practice         POST  401  403 403 to  403 404 404 403 403 to  403
"""


def arguments(world):
    open_hand_over(cohort=world.cohort, by=world.alice)
    here = {name: [world.community.slug] for name in [*SEASON, *HAND_OVER]}
    return {**here, "course_practice": [world.course.slug]}
