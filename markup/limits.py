"""How long a text may be. The numbers stand here and nowhere else."""

from enum import StrEnum


class Profile(StrEnum):
    """What kind of text is rendered."""

    POST = "post"
    UNIT = "unit"
    WIKI = "wiki"
    NOTE = "note"

    @property
    def has_blocks(self) -> bool:
        """Whether the text is cut into blocks that people can talk about."""
        return self in (Profile.UNIT, Profile.WIKI)


LIMITS: dict[Profile, int] = {  # characters
    Profile.POST: 10_000,
    Profile.UNIT: 60_000,
    Profile.WIKI: 60_000,
    Profile.NOTE: 2_000,
}


class TooLong(ValueError):
    """A text has `length` characters where `limit` are allowed; nothing was rendered."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, at most {limit} are allowed")
        self.length = length
        self.limit = limit
