"""How many people: said in steps of five, so that no report says anything of fewer than five, nor, by what changed
from one look to the next, of one."""

STEP = 5


def in_fives(count):
    """`count` people as a report may say it: rounded down to fives; None below five."""
    return count - count % STEP if count and count >= STEP else None
