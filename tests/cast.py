"""The people whom tests ask, and the small world they live in."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import User
from community.actions import join, remove_member
from community.models import Community, Membership, Place
from courses.actions.demo import load_demo
from courses.models import Cohort, Course, Unit
from tests import factories as make
from tests.snapshots import Snapshot

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1" fill="#456"/></svg>'
UNIT_TEXT = """\
Most members of a community read far more than they write.

Counting posts makes those readers look absent.

## What readers do

- They follow closely.
- They try ideas at work.

| Reason | What helps |
| --- | --- |
| Somebody has said it | Ask for cases |

![A quiet week](img/week.svg "What the numbers see of a week")

```python
print("no reply needed")
```

::: prompt
What did you take from a group where you mostly read?
:::

The quiet ones are learning too.[^one]

[^one]: Nonnecke and Preece asked them.
"""


@dataclass(frozen=True)
class World:
    """A course of two sections and three units, taken by a cohort since yesterday, and a community beside it.

    Alice hosts the cohort and is L&D admin, Fay facilitates, Bo learns, Al is alum; Ed was removed. Cy is only in the
    other community. `unit` is the first, with a prompt, a table, code and an image. Di is signed out: None.
    """

    alice: User
    fay: User
    bo: User
    al: User
    cy: User
    ed: User
    course: Course
    units: list[Unit]
    cohort: Cohort
    other: Community
    di: None = None

    @property
    def community(self) -> Community:
        return self.cohort.community

    @property
    def unit(self) -> Unit:
        return self.units[0]

    @property
    def place(self) -> Place:
        """Where the cohort talks about `unit`."""
        return make.place_of(self.unit, self.community)

    @property
    def commons(self) -> Place:
        return make.commons_of(self.community)

    @property
    def cast(self) -> dict[str, User | None]:
        return {name: getattr(self, name) for name in ("alice", "fay", "bo", "al", "cy", "di", "ed")}


@pytest.fixture(scope="session")
def _snapshots() -> dict[str, tuple[Snapshot, Any]]:
    """What was made once for each worker, to be put back row by row for each test that asks for it."""
    return {}


@pytest.fixture
def world(db: None, _snapshots: dict[str, tuple[Snapshot, World]], tmp_path_factory: pytest.TempPathFactory) -> World:
    if "world" not in _snapshots:
        made = a_world()
        _snapshots["world"] = Snapshot(tmp_path_factory.mktemp("world")), deepcopy(made)
        return made
    snapshot, made = _snapshots["world"]
    snapshot.restore()
    return deepcopy(made)


def a_world() -> World:
    alice = make.an_admin("Alice Moreau", handle="alice")
    fay, bo, al, cy, ed = (
        make.a_person(name, handle=name.split()[0].lower())
        for name in ("Fay Okafor", "Bo Lindqvist", "Al Reyes", "Cy Tanaka", "Ed Whitlock")
    )
    course = make.a_course("Learning together", summary="How to learn with one another.")
    picture = course.files.create(path="img/week.svg", content_type="image/svg+xml", sha256="0123456789abcdef" * 4)
    picture.file.save("week.svg", ContentFile(PICTURE))
    first, second = make.a_section(course, "Why communities"), make.a_section(course, "Taking part")
    units = [
        make.a_unit(
            first, "Lurkers are learning too", UNIT_TEXT, summary="Most members read far more than they write."
        ),
        make.a_unit(first, "Asking good questions"),
        make.a_unit(second, "The first two weeks"),
    ]
    cohort = make.a_cohort(course, host=alice, title="Heron cohort", slug="heron")
    join(cohort.community, fay, role=Membership.Role.FACILITATOR)
    join(cohort.community, bo)
    join(cohort.community, al, role=Membership.Role.ALUM)
    remove_member(join(cohort.community, ed))
    other = make.a_community("Community builders' circle", slug="circle", members=(cy,))
    return World(alice, fay, bo, al, cy, ed, course, units, cohort, other)


@pytest.fixture
def client_of() -> Callable[[User | None], Client]:
    """A Django client signed in as a person; as nobody for None."""

    def signed_in(person: User | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return signed_in


class Demo:
    """The demo, as `manage.py demo` loads it: `demo.person("bo")`, `demo.community("heron")`."""

    def person(self, handle: str) -> User:
        return User.objects.get(handle=handle)

    def community(self, slug: str) -> Community:
        return Community.objects.get(slug=slug)

    @property
    def course(self) -> Course:
        return Course.objects.get(owner=None)

    def unit(self, slug: str) -> Unit:
        return Unit.objects.select_related("course", "section").get(slug=slug)

    def place(self, slug: str, community: str = "heron") -> Place:
        return make.place_of(self.unit(slug), self.community(community))


@pytest.fixture
def demo(db: None, _snapshots: dict[str, tuple[Snapshot, Demo]], tmp_path_factory: pytest.TempPathFactory) -> Demo:
    if "demo" not in _snapshots:
        load_demo()
        _snapshots["demo"] = Snapshot(tmp_path_factory.mktemp("demo")), Demo()
    else:
        _snapshots["demo"][0].restore()
    return _snapshots["demo"][1]
