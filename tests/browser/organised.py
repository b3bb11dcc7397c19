"""Pages of those who set a site up, with something on each."""

from django.urls import reverse

from community.actions import change_organisation, start_job
from courses.actions import name_author


def organised(world):
    """Set the site up a little; paths of the pages about that for Alice."""
    change_organisation(by=world.alice, version=0, fields={"name": "Heron Works", "colour": "#7a1f5c"})
    name_author(by=world.alice, course=world.course, email=world.cy.email)
    job = start_job(kind="none", by=world.alice, title="Inviting 5,000 people", path="/", total=5_000)
    names = [("organisation", []), ("audit_log", []), ("job", [job.pk]), ("roles", [world.community.slug])]
    return [reverse(name, args=args) for name, args in [*names, ("authors", [world.course.slug])]]
