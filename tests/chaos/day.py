"""A day: something is due for everybody, things go wrong, and in the end everybody has it."""

import time
from collections.abc import Callable

from tests.chaos.faults import Faults
from tests.chaos.installation import Installation
from tests.chaos.verdict import Verdict, lost


def set_up() -> None:
    """Django on an empty database. The environment names it by now."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


class Day:
    """`is_all_made` says whether the rows of all mails are there."""

    def __init__(self, weft: Installation, faults: Faults, *, within_s: float) -> None:
        self.weft, self.faults, self.within_s = weft, faults, within_s
        self.seen, self.before = len(weft.journal), weft.killed + weft.ended

    def run(self, expected: dict[str, set[str]], is_all_made: Callable[[], bool] = lambda: True) -> list[str]:
        """Go through it; returns what was wrong."""
        last = self.faults.run() if self.faults.kills else time.monotonic()
        took = self.seconds_until_done(last, is_all_made)
        mails = self.weft.journal.read()[self.seen :]
        drops = sum(mail.is_dropped for mail in mails)
        ended = self.weft.killed + self.weft.ended - self.before
        verdict = Verdict(mails, expected, allowed=ended + drops)
        print(
            f"  {len(mails)} mails to {len(expected)} people; {ended} processes ended, {drops} connections dropped; "
            f"{lost(verdict)} lost, {verdict.twice} twice; done after {took:.0f} s",
            flush=True,
        )
        late = [f"done {took:.0f} s after the last fault; {self.within_s:.0f} s is the most"]
        return (late if took > self.within_s else []) + undone() + verdict.complaints

    def seconds_until_done(self, since: float, is_all_made: Callable[[], bool]) -> float:
        """How long after `since` the last mail was done with; gives up after three times as long as it may take."""
        from notifications.models import Delivery

        while time.monotonic() - since < 3 * self.within_s:
            if is_all_made() and not Delivery.objects.under_way().exists():
                break
            self.weft.check()
            time.sleep(0.5)
        return time.monotonic() - since


def undone() -> list[str]:
    from notifications.models import Delivery

    wrong = Delivery.objects.under_way() | Delivery.objects.failed()
    return [f"{row} is {row.state} after {row.attempts} attempts: {row.error}" for row in wrong[:10]]
