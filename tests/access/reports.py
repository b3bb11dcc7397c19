from tests.access.words import AUTHOR, GUIDES, GUIDES_POST

TOLD = "in   404 200 200 404 404 404 404 200 200 404"
TABLE = f"""
hello                   GET   {GUIDES}
say_hello               POST  {GUIDES_POST.format("to")}
course_report           GET   {AUTHOR}
cohort_report           GET   {TOLD}
unit_report             GET   {TOLD}
report_sheet            GET   {TOLD}
unit_report_sheet       GET   {TOLD}
"""


def arguments(world):
    slug, unit = world.community.slug, world.unit.slug
    bo_is_in = world.community.memberships.current().get(user=world.bo)
    return {
        "hello": [slug],
        "say_hello": [slug, bo_is_in.pk],
        "cohort_report": [slug],
        "course_report": [world.course.slug],
        "unit_report": [slug, unit],
        "report_sheet": [slug, "units"],
        "unit_report_sheet": [slug, unit, "weeks"],
    }
