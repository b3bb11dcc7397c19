#!/usr/bin/env python
import os
import sys

from config import embedded

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["run"]:
        embedded.prepare()  # writes what the settings are about to read

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
