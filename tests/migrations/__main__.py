"""`python -m tests.migrations`: for `make check`."""

import os
import sys

import django


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.migrations.linter import Linter

    linter = Linter()
    linter.lint_all_migrations()
    for complaint in linter.complaints:
        print(complaint)
    if linter.complaints:
        print("The release before must go on while these are made: docs/migrations.md says how.", file=sys.stderr)
    return 1 if linter.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
