"""`manage.py seed`: load data of any size, in a community of its own."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.actions.demo.people import PASSWORD
from courses.actions.seeding import SlugTaken, Wanted, seed


class Command(BaseCommand):
    help = "Writes a new course and cohort with as many units, members, threads and posts as asked for, in bulk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--units", type=int, default=10)
        parser.add_argument("--members", type=int, default=30)
        parser.add_argument("--threads", type=int, default=100)
        parser.add_argument("--posts", type=int, default=1_000)
        parser.add_argument(
            "--community", default="", metavar="SLUG", help="its address; load-1, load-2 … if not named"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = Wanted(**{name: options[name] for name in ("units", "members", "threads", "posts")})
        if wanted.units < 1 or wanted.members < 1 or not 0 <= wanted.threads <= wanted.posts:
            raise CommandError("Ask for at least one unit and one member, and for as many posts as threads or more.")
        if wanted.posts and not wanted.threads:
            raise CommandError("Posts need a thread to be in.")
        try:
            made = seed(wanted, slug=options["community"])
        except SlugTaken as taken:
            raise CommandError(f"There is a community {taken} already; name another one.") from taken
        for name, rows, seconds in made.steps:
            self.stdout.write(f"{rows:>9,} {name:<8} in {seconds:6.1f} s  {rows / max(seconds, 0.001):>9,.0f} a second")
        host = made.community.memberships.by_role_and_name()[0].user
        self.stdout.write(f"{made.community.get_absolute_url()} as {host.email} with the password {PASSWORD}")
