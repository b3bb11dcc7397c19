import sys

from django.core.management.base import BaseCommand
from django.db import transaction

from notifications.actions import receive_raw


class Command(BaseCommand):
    help = "Takes one mail from standard input, as mail servers hand it over, and keeps it if it answers one of ours."

    def handle(self, **options):
        with transaction.atomic():
            is_kept = receive_raw(sys.stdin.buffer.read())
        self.stdout.write("Kept; a worker posts it." if is_kept else "Nothing to keep: it answers no mail of ours.")
