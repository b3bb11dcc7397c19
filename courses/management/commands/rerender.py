"""`manage.py rerender`: renders what an older renderer wrote again."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from courses.actions.rerendering import ROWS_A_BATCH, rerender_all


class Command(BaseCommand):
    help = "Renders units, wiki pages, links and posts again that an older version of the renderer wrote."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=ROWS_A_BATCH, help="rows in one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        done: Counter[str] = Counter()
        too_long: Counter[str] = Counter()
        for name, rendered, refused in rerender_all(batch_size=options["batch"]):
            done[name] += rendered
            too_long[name] += refused
        for name, rendered in done.items():
            self.stdout.write(f"{rendered:>9,} {name}")
        for name, refused in too_long.items():
            if refused:
                self.stdout.write(f"{refused:>9,} {name} are longer than is allowed now and stay as they were")
        if not done:
            self.stdout.write("Everything is rendered by the present version.")
