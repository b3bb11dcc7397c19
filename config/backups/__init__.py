"""Backups: the database and the uploads of one moment in one file, and putting them back. See docs/adr/0029."""


class BackupError(Exception):
    """What an operator has to know: in words for them, and nothing was touched unless they say so."""
