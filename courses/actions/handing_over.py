"""Asking the people of a cohort what they leave to those who come next."""

import contextlib
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from community.actions import TooFast
from community.models import Community, Place
from discussions.actions import NotTheirs, nominate, pose
from discussions.models import Thread
from wiki.actions import create_page

from ..models import Cohort, HandOver, UnitPlace
from .carrying_things import nominate_thing


@transaction.atomic
def open_hand_over(*, cohort: Cohort, by: User, tells: bool = True) -> HandOver:
    """Ask for tips by a prompt and begin a page to be written together, both where those who come next begin, and put
    both forward. With `tells` off nobody is notified, as something else does. A second call returns what there is.
    Raises NotTheirs unless `by` guides the community, and TooFast. Locks the community row."""
    community = Community.objects.select_for_update(no_key=True).get(pk=cohort.community_id)
    known = HandOver.objects.of_slug(community.slug).first()
    if known:
        return known
    place = first_place(cohort)
    tip = pose(
        asker=by,
        place=place,
        kind=Thread.Kind.PROMPT,
        title=_("One tip for those who come next"),
        body=_("What do you wish somebody had told you when you began? One thing is enough."),
        key=uuid4(),
        terms={},
        tells=tells,
    )
    body = _("What we found out on the way, for whoever takes this course after us. Change or add one thing.")
    title = _("For those who come next")
    page = create_page(author=by, place=place, title=title, body=f"{body}\n\n## {_('To begin with')}\n", key=uuid4())
    if tip.thread.may_be_carried:
        nominate(by=by, thread=tip.thread)
    nominate_thing(by=by, thing=page)
    return HandOver.objects.create(community=community, place=place, thread=tip.thread, page=page, opened_by=by)


def first_place(cohort: Cohort) -> Place:
    """The first unit as the cohort reads it: what stands there goes to the first unit of later ones. Without units the
    commons."""
    first = UnitPlace.objects.of(cohort.community).in_course_order().select_related("place__community").first()
    return first.place if first else cohort.community.places.commons().select_related("community").get()


def open_hand_over_if_may_be(*, cohort: Cohort, by: User) -> None:
    """For what happens by itself: where `by` may not write at the moment, guides can open it later."""
    with contextlib.suppress(NotTheirs, TooFast):
        open_hand_over(cohort=cohort, by=by, tells=False)
