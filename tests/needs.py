"""What the tests need on the machine besides Python: `python -m tests.needs postgres chromium` finds or installs it.

Installs with apt where it may (as root); otherwise it says in one line how to get it, and fails.
"""

import glob
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
BROWSER_APPS = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
POSTGRES_FOLDERS = [
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/opt/homebrew/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/usr/pgsql-*/bin",
]


def chromium() -> str | None:
    """The path of a Chromium or Chrome; $CHROMIUM wins."""
    named = [os.environ.get("CHROMIUM") or "", *(shutil.which(name) or "" for name in BROWSERS), *BROWSER_APPS]
    return next((path for path in named if path and Path(path).exists()), None)


def postgres() -> str | None:
    """The folder with `initdb` and `postgres`, the newest one found. PATH wins."""
    on_path = shutil.which("initdb")
    found = sorted((folder for pattern in POSTGRES_FOLDERS for folder in glob.glob(pattern)), key=_version)
    folders = [str(Path(on_path).resolve().parent)] if on_path else []
    folders += reversed(found)
    return next((folder for folder in folders if Path(folder, "initdb").exists()), None)


def redis_server() -> str | None:
    return shutil.which("redis-server")


def caddy() -> str | None:
    return shutil.which("caddy")


def nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def _version(folder: str) -> int:
    return int("".join(filter(str.isdigit, folder)) or 0)


NEEDS: dict[str, tuple[Callable[[], str | None], str, str]] = {
    "chromium": (chromium, "chromium", "brew install --cask chromium"),
    "postgres": (postgres, "postgresql", "brew install postgresql@17"),
    "redis": (redis_server, "redis-server", "brew install redis"),
    "caddy": (caddy, "caddy", "brew install caddy"),
    "nginx": (nginx, "nginx", "brew install nginx"),
}


def install(package: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing {package} with apt …", flush=True)
    for arguments in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", package]):
        subprocess.run(
            ["apt-get", *arguments], env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
        )


def missing(name: str) -> str:
    """An empty text once `name` is there, installed if need be; else the line that says how to get it."""
    find, package, brew = NEEDS[name]
    if not find() and os.geteuid() == 0 and shutil.which("apt-get"):
        install(package)
    if find():
        return ""
    how = brew if sys.platform == "darwin" else f"sudo apt-get install {package}"
    return f"The tests need {name}, and it isn't on this machine. To get it: {how}"


if __name__ == "__main__":
    lines = [line for line in map(missing, sys.argv[1:]) if line]
    if lines:
        sys.exit("\n".join(lines))
