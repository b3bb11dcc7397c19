"""Lists that are done with, and the people of a community as a list."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from ...models import AuditEntry, Community, RosterImport
from ..auditing import record_act
from ..sheets import sheet

ROWS_AT_ONCE = 500


@transaction.atomic
def discard_roster(roster: RosterImport) -> None:
    """Forget a list. One whose work goes on is kept until that is over."""
    if not roster.is_applied or roster.finished_at:
        roster.delete()


def forget_rosters() -> None:
    """Forget the lists of more than a month ago, with the addresses in them."""
    since = timezone.now() - timedelta(days=RosterImport.KEPT_DAYS)
    RosterImport.objects.outdated(since=since).delete()


def export_roster(*, by: User, community: Community) -> Iterator[str]:
    """Address, name, role and state of who is in and who is invited, as lines of a CSV; that somebody took them is in
    the log. Its header is read again by bring_roster."""
    record_act(by=by, act=AuditEntry.Act.EXPORTED, community=community, about=community.title)
    return sheet([_("E-mail"), _("Name"), _("Role"), _("State")], people_and_invited(community))


def people_and_invited(community: Community) -> Iterator[tuple[str, str, str, str]]:
    members = community.memberships.current().with_people().by_role_and_name()
    for one in members.iterator(ROWS_AT_ONCE):
        yield one.user.email, one.user.name, one.role, _("in")
    for invitation in community.invitations.open().order_by("email", "pk").iterator(ROWS_AT_ONCE):
        yield invitation.email, invitation.name, invitation.role, _("invited")
