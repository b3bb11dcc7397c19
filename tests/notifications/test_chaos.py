"""`make chaos` in small: one real sender is killed while it sends. The whole is tests/chaos."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from notifications.models import Delivery
from tests.chaos.plain import some_deliveries
from tests.chaos.sink import Journal
from tests.chaos.verdict import Verdict
from tests.serving import Site, database_url, free_port, wait_until

SEND = """
import django
django.setup()
from notifications.actions import deliver
from tests.chaos.plain import register
register()
deliver()
"""


@contextmanager
def running(*command, **environment):
    given = os.environ | environment
    process = subprocess.Popen([sys.executable, *command], env=given, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_a_killed_sender_loses_nothing_and_repeats_one_mail_at_most(tmp_path):
    expected, journal, port = some_deliveries(16), Journal(tmp_path / "mail"), free_port()
    environment = {"DATABASE_URL": database_url(), "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
    with running("-m", "tests.chaos.sink", str(port), str(journal.path), "0.1", "0"):
        wait_until(Site(port).answers)
        with running("-c", SEND, **environment) as sender:
            wait_until(lambda: len(journal) >= 4)
            sender.send_signal(signal.SIGKILL)
        assert len(journal) < 16
        Delivery.objects.update(claimed_until=timezone.now() - timedelta(minutes=1))  # as time would
        with running("-c", SEND, **environment) as sender:
            assert sender.wait(60) == 0
    verdict = Verdict(journal.read(), expected, allowed=1)
    assert verdict.complaints == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.SENT}
