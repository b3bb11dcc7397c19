"""`manage.py restore FILE`: what `backup` saved, put back."""

from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser

from config.backups import BackupError
from config.backups.progress import Progress
from config.backups.restoring import restore


class Command(BaseCommand):
    help = "Puts a backup back, into an empty installation or in place of what is there. Mail is held back afterwards."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="what `backup` wrote")
        parser.add_argument(
            "--replace", default="", metavar="DATABASE", help="the name of the database whose contents may go"
        )
        parser.add_argument(
            "--nothing-sent-since",
            action="store_true",
            help="Weft was stopped before the backup was made, as for a move: what waited to be mailed still waits",
        )

    def handle(self, *, file: Path, replace: str, nothing_sent_since: bool, **options: Any) -> None:
        progress = Progress(self.stdout)
        try:
            done = restore(file, replace=replace, has_sent=not nothing_sent_since, tell=progress)
        except BackupError as error:
            raise CommandError(str(error)) from error
        head = done["head"]
        if done["is_mended"]:
            progress.say("An earlier restore had been interrupted; what it had set aside was put back first.")
        progress.say(f"Weft is as it was at {head['made_at']}: {sum(head['tables'].values()):,} rows, all counted.")
        for name in done["missing"]:
            progress.say(f"  {name} was missing already when the backup was made.")
        progress.say("Start it, and everybody signs in again.")
        progress.say("Mail is held back. Look whether all is well, and let it go at /manage/mail/.")
