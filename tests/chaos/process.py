"""`python -m tests.chaos.process AHEAD_S ARGUMENTS…`: Celery with a clock that is so many seconds ahead. With
`WEFT_CHAOS_PLAIN` set it sends plain deliveries, too."""

import os
import sys
from datetime import UTC, datetime, timedelta

import time_machine


def main(ahead_s: float, arguments: list[str]) -> None:
    if ahead_s:
        then = datetime.now(UTC) + timedelta(seconds=ahead_s)
        time_machine.travel(then, tick=True).start()
    if os.environ.get("WEFT_CHAOS_PLAIN"):
        import django

        django.setup()
        from tests.chaos.plain import register

        register()
    from celery.__main__ import main as celery

    sys.argv = ["celery", "--app", "config", "--quiet", *arguments, "--loglevel", "WARNING"]
    celery()


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
