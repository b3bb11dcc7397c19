from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1" fill="#456"/></svg>'


class CourseFolder:
    """A folder with a course in it, to be changed between two imports."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()

    def write(self, name: str, text: str | bytes) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def unit(self, name: str, text: str = "Some words.\n", **front: Any) -> None:
        lines = "".join(f"{key}: {value}\n" for key, value in front.items())
        self.write(name, f"---\n{lines}---\n\n{text}" if front else text)

    def remove(self, name: str) -> None:
        (self.path / name).unlink()


@pytest.fixture
def folder(tmp_path: Path) -> CourseFolder:
    return CourseFolder(tmp_path / "a-course")


@pytest.fixture
def uploads(tmp_path: Path) -> Callable[[], list[Path]]:
    """The files that are stored now."""
    return lambda: sorted(path for path in (tmp_path / "uploads").rglob("*") if path.is_file())
