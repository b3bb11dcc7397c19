"""Suggestions in all their states, for axe to look at."""

from courses.actions import accept_suggestion, decline_suggestion, edit_unit
from tests.factories import a_suggestion


def suggested(world):
    """Suggest edits of a unit, of which some went further; paths of the pages about them."""
    course, unit = world.course.slug, world.unit
    bos = {"by": world.bo, "community": world.community}
    first, second, third = (a_suggestion(unit, body=unit.source + f"\nMore {n}.\n", **bos) for n in range(3))
    accept_suggestion(by=world.fay, suggestion=first, version=1)
    decline_suggestion(by=world.fay, suggestion=second, version=1, reason="It says so above.")
    clash = a_suggestion(unit, body="Anew. " + unit.source, version=1, **bos)
    here = third.get_absolute_url()
    unit = edit_unit(unit=unit, author=world.fay, source="Now. " + first.source, version=2)
    asked = f"{world.place.path}suggest/?block={list(unit.block_texts())[1]}"
    fields, history = {"body": "Mine", "title": "Mine"}, f"/courses/{course}/units/{unit.slug}/history/"
    return {
        "bo": [asked, f"{world.place.path}suggestions/", here, f"{here}?typed=on", f"{here}edit/"],
        "alice": [
            f"/manage/courses/{course}/suggestions/", here, f"{here}change/", second.get_absolute_url(),
            clash.get_absolute_url(), f"{clash.get_absolute_url()}change/", history, f"{history}1/",
            f"{history}compare/?older=1&newer=3",
        ],
        "refused": [
            ("bo", f"{world.place.path}suggest/", fields | {"version": 1, "title": ""}),
            ("bo", f"{here}edit/", fields | {"version": 0}),
            ("alice", f"{here}change/", fields | {"version": 0, "unit_version": 1}),
            ("alice", f"{here}decline/", {"version": 1}),
            (
                "alice", f"/manage/courses/{course}/units/{unit.slug}/",
                {"title": "T", "source": "Mine " + unit.source, "version": 2},
            ),
        ],
    }  # fmt: skip
