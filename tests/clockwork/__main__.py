"""`python -m tests.clockwork`: sixty days of two hundred people in twelve zones."""

from pathlib import Path

import pytest

if __name__ == "__main__":
    raise SystemExit(pytest.main(["-q", "-s", str(Path(__file__).with_name("whole.py"))]))
