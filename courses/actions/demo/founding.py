"""Communities that people of the demo founded themselves, and the courses that they write there."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from community.actions import found, join, request_to_join
from community.models import Community, JoinRequest, Membership
from courses.models import Cohort

from ..authoring import create_unit, edit_unit
from ..own_course import begin_own_course

ASKED_HOURS_AGO = 20


def found_by_themselves(row: Mapping[str, Any], people: Mapping[str, User], now: datetime) -> Community:
    """A community as its founder made it, with who came, what they wrote and who asks to join."""
    began = now - timedelta(days=row["days_ago"])
    host = next(people[handle] for handle, role in row["members"].items() if role == Membership.Role.HOST)
    words = {name: " ".join(row[name].split()) for name in ("title", "purpose", "openness")}
    community = found(by=host, key=uuid4(), **words)
    Community.objects.filter(pk=community.pk).update(slug=row["slug"], created_at=began)
    community.refresh_from_db()
    community.places.commons().update(path=community.get_absolute_url())
    for handle, role in row["members"].items():
        join(community, people[handle], role=role)
    community.memberships.update(joined_at=began)
    write_course(community, row["course"], people, began)
    for asked in row["asking"]:
        request, _new = request_to_join(community=community, person=people[asked["by"]], words=asked["words"].strip())
        JoinRequest.objects.filter(pk=request.pk).update(asked_at=now - timedelta(hours=ASKED_HOURS_AGO))
    return community


def write_course(community: Community, row: Mapping[str, Any], people: Mapping[str, User], began: datetime) -> None:
    first, *others = row["units"]
    about = {"title": row["title"], "summary": row["summary"]}
    unit = begin_own_course(community=community, by=people[first["by"]], unit=first["title"], **about)
    text = {"source": first["text"], "summary": first["summary"], "version": unit.version}
    edit_unit(unit=unit, author=people[first["by"]], **text)
    for other in others:
        words = {"title": other["title"], "summary": other["summary"], "source": other["text"]}
        create_unit(section=unit.section, author=people[other["by"]], **words)
    Cohort.objects.filter(community=community).update(starts_on=(began + timedelta(days=14)).date())
