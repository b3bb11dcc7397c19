"""Being glad to help others with a unit."""

from accounts.models import User

from ..models import HelpOffer, Unit, is_done_with


def offer_help(*, person: User, unit: Unit) -> bool:
    """List `person` among those who help with `unit`, if they are done with it; says whether they are. Again without
    effect."""
    if not is_done_with(person, unit):
        return False
    HelpOffer.objects.get_or_create(unit=unit, person=person)
    return True


def take_help_back(*, person: User, unit: Unit) -> None:
    HelpOffer.objects.of(person).about(unit).delete()
