"""`python -m tests.production`: each thing that must hold, one after the other. Fails at the first that doesn't."""

import sys
import time
from pathlib import Path

from tests.needs import missing
from tests.production.compose import ROOT
from tests.production.restarts import Restarts
from tests.production.stack import BEHIND, WEB, Stack, made
from tests.production.walk import Walk

KEPT = {".venv", ".git", ".mypy_cache", ".ruff_cache", ".pytest_cache", "tests"}


def written_since(moment: float) -> list[str]:
    """Files of the checkout that something wrote: in the image nothing could."""
    tops = [path for path in ROOT.iterdir() if path.name not in KEPT]
    files = [file for top in tops for file in ([top] if top.is_file() else top.rglob("*")) if file.is_file()]
    return [str(file.relative_to(ROOT)) for file in files if file.stat().st_mtime > moment]


def ends_well(stack: Stack) -> str:
    names = (*WEB, *BEHIND)
    for name in names:
        stack.terminate(name)
    codes = {name: stack.ends(name) for name in names}
    assert not any(codes.values()), codes
    said = [line for name in names for line in stack.said(name).splitlines() if "ERROR" in line or "Traceback" in line]
    assert not said, "\n".join(said[:20])
    return "all exit codes are 0, and no log has an error"


def main() -> int:
    if problem := missing("postgres") or missing("redis") or missing("caddy"):
        raise SystemExit(problem)
    started = time.time()
    with made() as (stack, journal):
        people = stack.ask("make")
        stack.start_all()
        print(f"Everything runs, after {time.time() - started:.0f} s", flush=True)
        steps = [*Walk(stack, journal, people).steps(), *Restarts(stack, journal, people).steps()]
        for what, step in [*steps, ("everything ends well", lambda: ends_well(stack))]:
            try:
                outcome = step()
            except Exception:
                print(f"  ! {what}", flush=True)
                for log in sorted(Path(stack.folder).glob("*.log")):
                    print(f"--- {log.stem}\n{log.read_text(errors='replace')[-1500:]}", file=sys.stderr)
                raise
            print(f"  {what}{f': {outcome}' if outcome else ''}", flush=True)
        assert not (touched := written_since(started)), f"written into the image: {touched}"
    print(f"All is well, after {time.time() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
