"""Loaded by `-p tests.environment` before Django's settings are read, in pytest and in each of its xdist workers.

Tests never see the variables, the data nor the services of the person who runs them. Only DATABASE_URL stays: that is
how `tests.postgres` hands its private cluster to the same tests.
"""

import atexit
import os
import shutil
import tempfile

OURS = ("WEFT_", "SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "CSRF_", "SITE_", "PORT", "REDIS_URL", "BROKER_URL")
OURS += ("OUTBOUND_", "REPLICA_")
THEIRS = (
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "STORAGE_",
    "MEDIA_ROOT",
    "STATIC_ROOT",
    "OUTBOUND_",
    "SECURE_",
    "BEHIND_PROXY",
    "LOG_",
)

for name in list(os.environ):
    if name.startswith(OURS + THEIRS):
        del os.environ[name]

folder = tempfile.mkdtemp(prefix="weft-tests-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)

os.environ |= {
    "WEFT_DATA_DIR": folder,
    "WEFT_EMBEDDED": "1",
    "SECRET_KEY": "for-tests-only-" + "x" * 50,
    "BROKER_URL": "memory://",
    "OUTBOUND_PORTS": "",  # nothing leaves this machine
}
