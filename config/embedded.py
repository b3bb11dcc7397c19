"""What `make run` needs before the settings can be read: a folder for the data, and its environment file."""

import os
import secrets
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent


def prepare() -> Path:
    """Make the data folder and its `weft.env` where they are missing; nothing that is there is changed.

    Returns the file. Exits with one line when PORT is no port or the folder can't be made.
    """
    port = os.environ.get("PORT", "8000")
    if not (port.isdigit() and 0 < int(port) < 65536):
        sys.exit(f"PORT must be a number between 1 and 65535, not {port!r}.")
    folder = Path(os.environ.get("WEFT_DATA_DIR") or BASE_DIR / "var").resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _write_once(folder / "weft.env")
    except OSError as error:
        sys.exit(f"Weft can't keep its data in {folder}: {error.strerror}. Choose another folder with WEFT_DATA_DIR.")


def _write_once(file: Path) -> Path:
    if not file.exists():
        draft = file.with_suffix(".draft")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            out.write(
                "# Made by `make run`. Variables that are set win over it. A new SECRET_KEY signs everybody out.\n"
                f"SECRET_KEY={secrets.token_urlsafe(50)}\nWEFT_EMBEDDED=1\n"
            )
        draft.rename(file)
    return file
