from datetime import time
from uuid import uuid4

from courses.actions import add_step, replan
from courses.models import PlanTerms, plan_of
from tests.access.words import AUTHOR, AUTHOR_POST, HOST

TABLE = f"""
course_schedule         GET   {AUTHOR}
course_schedule         POST  {AUTHOR_POST.format(422)}
new_step                GET   {AUTHOR}
new_step                POST  {AUTHOR_POST.format(422)}
edit_step               GET   {AUTHOR}
edit_step               POST  {AUTHOR_POST.format(422)}
remove_step             POST  {AUTHOR_POST.format("to")}
put_step_back           POST  {AUTHOR_POST.format("to")}
start_cohort            GET   in   403 403 200 403 403 403 403 403 200 403
start_cohort            POST  401  403 403 422 403 403 403 403 403 422 403
preview_cohort          POST  401  403 403 422 403 403 403 403 403 422 403
cohort_schedule         GET   in   404 200 200 404 404 404 404 200 200 404
replan_cohort           POST  401  404 404 422 404 404 404 404 422 422 404
move_date               GET   {HOST}
move_date               POST  401  404 404 422 404 404 404 404 422 422 404
cohort_welcome          GET   {HOST}
cohort_welcome          POST  401  404 404 422 404 404 404 404 422 422 404
"""


def arguments(world):
    words = {"title": "What did you try?", "body": "One thing.", "week": 2, "weekday": 1, "time": time(9)}
    step = add_step(course=world.course, key=uuid4(), kind="prompt", **words)
    seen = plan_of(world.cohort).fingerprint
    replan(by=world.alice, cohort=world.cohort, terms=PlanTerms.of(world.cohort), shift_days=0, seen=seen, key=uuid4())
    slug = world.community.slug
    return {
        **{name: [slug] for name in ["cohort_schedule", "replan_cohort", "cohort_welcome"]},
        "move_date": [slug, world.cohort.dates.get().pk],
        **{name: [world.course.slug] for name in ["course_schedule", "new_step"]},
        **{name: [world.course.slug, step.pk] for name in ["edit_step", "remove_step", "put_step_back"]},
    }
