"""Load data of any size, written in bulk. For measuring, not for reading."""

from .rows import Seed, SlugTaken, Wanted, seed

__all__ = ["Seed", "SlugTaken", "Wanted", "seed"]
