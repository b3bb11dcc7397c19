"""`python -m tests.mails`: makes one mail of each kind, and keeps them in docs/mail/."""

import sys
from pathlib import Path

import pytest

from tests.needs import missing

if problem := missing("chromium"):
    raise SystemExit(problem)
sys.exit(pytest.main(["-q", str(Path(__file__).with_name("pictures.py"))]))
