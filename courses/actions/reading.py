from accounts.models import User

from ..models import Unit, UnitProgress


def mark_done(user: User, unit: Unit) -> None:
    """Note that `user` says they are done with `unit`; again without effect."""
    UnitProgress.objects.get_or_create(user=user, unit=unit)


def mark_undone(user: User, unit: Unit) -> None:
    UnitProgress.objects.filter(user=user, unit=unit).delete()
