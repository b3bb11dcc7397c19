"""How mails look: as the pages do, in the organisation's colour."""

from functools import lru_cache

from accounts.models import Look
from accounts.models.colours import ColourTooLight, palette

PLAIN = {"thread": ("#2f5d8a", "#86b6e6"), "thread_soft": ("#e6eef6", "#1d2a38")}  # static/css/tokens.css


def colours(look: Look) -> dict[str, tuple[str, str]]:
    """Name → the colour on a light ground and on a dark one, as the templates of mails ask for it."""
    return colours_from(look.colour)


@lru_cache(maxsize=8)
def colours_from(chosen: str) -> dict[str, tuple[str, str]]:
    try:
        tokens = palette(chosen) if chosen else {}
    except ColourTooLight:  # chosen before there was a rule
        return PLAIN
    return PLAIN | {name.replace("-", "_"): pair for name, pair in tokens.items()}
