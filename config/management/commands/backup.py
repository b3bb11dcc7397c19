"""`manage.py backup FILE`: the database and the uploads of this moment in one file, while people write."""

import sys
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser

from config.backups import BackupError
from config.backups.making import back_up, write
from config.backups.progress import Progress, amount


class Command(BaseCommand):
    help = "Writes the database and all uploads of this moment into FILE, while people go on writing."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="where to; `-` for the standard output. Nothing may be there yet")

    def handle(self, *, file: str, **options: Any) -> None:
        progress = Progress(self.stderr if file == "-" else self.stdout)
        try:
            if file == "-":
                made = write(sys.stdout.buffer, Path.cwd() / "weft-backup", progress)
                sys.stdout.buffer.flush()
            else:
                made = back_up(Path(file), progress)
        except BackupError as error:
            raise CommandError(str(error)) from error
        progress.say(f"{made['rows']:,} rows and {made['files']:,} files are in the backup.")
        if "bytes" in made:
            progress.say(f"{file} has {amount(made['bytes'])}. It holds everything that people wrote: keep it safe.")
        if made["missing"]:
            progress.say(f"{made['missing']:,} files were missing in the storage; the backup says which.")
