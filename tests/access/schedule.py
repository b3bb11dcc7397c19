from datetime import time
from uuid import uuid4

from courses.actions import add_step
from tests.access.words import AUTHOR, AUTHOR_POST

TABLE = f"""
course_schedule         GET   {AUTHOR}
course_schedule         POST  {AUTHOR_POST.format(422)}
new_step                GET   {AUTHOR}
new_step                POST  {AUTHOR_POST.format(422)}
edit_step               GET   {AUTHOR}
edit_step               POST  {AUTHOR_POST.format(422)}
remove_step             POST  {AUTHOR_POST.format("to")}
put_step_back           POST  {AUTHOR_POST.format("to")}
"""


def arguments(world):
    words = {"title": "What did you try?", "body": "One thing.", "week": 2, "weekday": 1, "time": time(9)}
    step = add_step(course=world.course, key=uuid4(), kind="prompt", **words)
    return {
        **{name: [world.course.slug] for name in ["course_schedule", "new_step"]},
        **{name: [world.course.slug, step.pk] for name in ["edit_step", "remove_step", "put_step_back"]},
    }
