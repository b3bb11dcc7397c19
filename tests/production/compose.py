"""docker-compose.yml as `docker compose` reads it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")


def read(variables: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The file with its anchors followed and `variables`, or its defaults, filled in."""
    given = variables or {}
    text = "".join(line for line in FILE.open() if not line.lstrip().startswith("#"))
    return yaml.safe_load(VARIABLE.sub(lambda found: given.get(found[1]) or found[2] or "", text))


def variables() -> dict[str, str]:
    """What one can set in `.env`, with the defaults."""
    return {name: default or "" for name, default in VARIABLE.findall(FILE.read_text())}


def services() -> dict[str, dict[str, Any]]:
    return read()["services"]


def ours() -> dict[str, dict[str, Any]]:
    """The services that run Weft's own image."""
    return {name: service for name, service in services().items() if service["image"] == "weft"}
