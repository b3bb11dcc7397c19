"""What a cohort says to its members by way of a start."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from community.actions import render_at
from markup import Profile, Rendered, render

from ..models import Cohort, Welcome


class WelcomeConflict(Exception):
    """Somebody else wrote meanwhile. `welcome` is what stands now."""

    def __init__(self, welcome: Welcome) -> None:
        super().__init__(welcome)
        self.welcome = welcome


@transaction.atomic
def write_welcome(*, by: User, cohort: Cohort, source: str, version: int = 0) -> Welcome:
    """Store the words on top of `version`, 0 where there are none yet. Raises TooLong, and WelcomeConflict when others
    stand there by now. Locks the row. The same words again change nothing."""
    known = Welcome.objects.select_for_update().filter(cohort=cohort).first()
    if known and known.source == source:
        return known
    if version != (known.version if known else 0):
        raise WelcomeConflict(known or Welcome(cohort=cohort))
    welcome = known or Welcome(cohort=cohort, version=0)
    welcome.source, welcome.edited_by, welcome.edited_at = source, by, timezone.now()
    welcome.version += 1
    refresh_welcome(welcome)
    return welcome


def preview_welcome(source: str) -> Rendered | None:
    """The words as members will see them, but for what depends on where they are. Raises TooLong."""
    return render(source, Profile.POST) if source else None


def refresh_welcome(welcome: Welcome) -> None:
    """Render its words, and store it all."""
    commons = welcome.cohort.community.places.commons().get()
    rendered = render_at(commons, welcome.source, Profile.POST)[0]
    welcome.html, welcome.renderer = rendered.html, rendered.version
    welcome.save()
