"""`manage.py demo`: loads the demo into an empty Weft."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.actions.demo import DemoProblem, load_demo
from courses.actions.demo.people import PASSWORD


class Command(BaseCommand):
    help = "Loads a course, three communities and their talk into an empty Weft, to look around in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="say nothing when all went well")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            report = load_demo()
        except DemoProblem as problem:
            raise CommandError(str(problem)) from problem
        if not options["quiet"]:
            counts = ", ".join(f"{count} {name}" for name, count in report.counts.items())
            self.stdout.write(f"“{report.course}” in {time.monotonic() - began:.1f} s: {counts}.")
            self.stdout.write(f"Everybody's password is {PASSWORD}; bo@example.org learns, alice@example.org hosts.")
