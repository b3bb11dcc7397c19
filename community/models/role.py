"""What each role may do: the one table. docs/roles.md, the page “What can I do here?” and the rights are made of it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Of a member in a community, those who may most first."""

    HOST = "host", _("Host")
    FACILITATOR = "facilitator", _("Facilitator")
    MEMBER = "member", _("Member")
    ALUM = "alum", _("Alum")
    GUEST = "guest", _("Guest")


class Beyond(models.TextChoices):
    """Roles that are not of one community: of the site, and of one course."""

    ADMIN = "admin", _("L&D admin")
    AUTHOR = "author", _("Course author")


class Power(models.TextChoices):
    READ = "read", _("Read what is open here: units, conversations, shelf, wiki and people")
    WRITE = "write", _("Write: conversations, answers, the shelf, wiki pages, suggested edits")
    LOOK_AHEAD = "look_ahead", _("Read units and prompts before they open")
    GUIDE = "guide", _("Ask prompts and topics, arrange conversations, look after what was flagged")
    SEE_REPORTS = "see_reports", _("See how well the course serves, and who might need a hello")
    RUN = "run", _("Run the community: its settings, its people and their roles, its season")
    WRITE_COURSE = "write_course", _("Write the course's text and decide on suggested edits")
    MAKE_COURSES = "make_courses", _("Create courses, name their authors and start cohorts")
    RUN_SITE = "run_site", _("Run the site: its settings and its log")


READS = {Power.READ}
WRITES = READS | {Power.WRITE}
GUIDES = WRITES | {Power.LOOK_AHEAD, Power.GUIDE, Power.SEE_REPORTS, Power.WRITE_COURSE}
HOSTS = GUIDES | {Power.RUN}

POWERS: dict[str, frozenset[Power]] = {
    # An L&D admin looks after any cohort's people, but reads and writes only in communities that they are in.
    Beyond.ADMIN: frozenset(
        {Power.RUN, Power.SEE_REPORTS, Power.WRITE_COURSE, Power.MAKE_COURSES, Power.RUN_SITE},
    ),
    Beyond.AUTHOR: frozenset({Power.WRITE_COURSE}),
    Role.HOST: frozenset(HOSTS),
    Role.FACILITATOR: frozenset(GUIDES),
    Role.MEMBER: frozenset(WRITES),
    Role.ALUM: frozenset(WRITES),
    Role.GUEST: frozenset(READS),
}


def may(role: str, power: Power) -> bool:
    return power in POWERS[role]


def roles_with(power: Power) -> tuple[Role, ...]:
    """The roles of members by which they may do that."""
    return tuple(role for role in Role if power in POWERS[role])


def rank(role: str) -> int:
    """How far a role stands above a guest's, 0."""
    return [*reversed(Role.values)].index(role)


def roles_granted_by(role: str | None, *, is_admin: bool = False) -> list[Role]:
    """The roles that somebody of this role may give to others in their community: none above their own."""
    if is_admin:
        return list(Role)
    if role is None or not may(role, Power.RUN):
        return []
    return [other for other in Role if rank(other) <= rank(role)]


def role_table() -> list[tuple[Power, list[tuple[Any, bool]]]]:
    """Power by power, each role in order with whether it has it."""
    return [(power, [(role, power in POWERS[role]) for role in (*Beyond, *Role)]) for power in Power]
