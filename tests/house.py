"""The rules of the house, for one file each: a rule takes a path from the repository's root and the text, and gives
complaints. Run on every file, and on bad samples, by tests/test_house.py. The reasons are in docs/adr and CONVENTIONS.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
APPS = {"courses", "discussions", "resources", "wiki", "notifications", "community", "accounts"}
CODE = {*APPS, "config", "markup", "outbound", "pieces", "templates", "static", "tests"}
NOUNS = {"__init__", "models", "urls", "views", "forms", "actions", "tasks", "mail", "admin", "api", "apps"}
NOUNS |= {"consumers"}  # what Channels calls the views of live connections
FOLDERS = {"migrations", "management", "templatetags"}
NAMED_EXCEPTIONS = {"accounts/adapter.py"}  # where django-allauth asks how things are done here
NOWHERE = {"utils", "util", "helpers", "services", "signals", "core", "common", "misc"}
FUNCTION_LINES = 40
UTILITIES = 30

Rule = Callable[[PurePosixPath, str], Iterator[str]]


def files() -> Iterator[tuple[PurePosixPath, str]]:
    """Every text file of ours; what others wrote is in static/vendor."""
    for folder in sorted(CODE):
        for path in sorted((ROOT / folder).rglob("*")):
            relative = PurePosixPath(path.relative_to(ROOT).as_posix())
            if path.suffix in {".py", ".html", ".txt", ".css", ".js"} and "vendor" not in relative.parts:
                yield relative, path.read_text(encoding="utf-8")


def _is_partial(path: PurePosixPath) -> bool:
    return path.parts[0] == "templates" and (path.name.startswith("_") or "pieces" in path.parts)


def _is_page(path: PurePosixPath) -> bool:
    return path.parts[0] == "templates" and path.suffix == ".html"


def _without_template_tags(text: str) -> str:
    return re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", text, flags=re.DOTALL)


def _functions(path: PurePosixPath, text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    if path.suffix == ".py":
        yield from (n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def _calls(path: PurePosixPath, text: str) -> Iterator[tuple[int, str]]:
    """Line and name of each method that is called, `a.b.name(…)`."""
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield node.lineno, node.func.attr


def _is_of(path: PurePosixPath, noun: str) -> bool:
    """`courses/views.py`, or a module of the package `courses/views/`."""
    return path.parts[0] in APPS | {"config"} and path.with_suffix("").parts[1] == noun


# --- Sizes -------------------------------------------------------------------------------------------------------


def ceiling(path: PurePosixPath) -> int | None:
    if "migrations" in path.parts:
        return None  # written by makemigrations
    if _is_page(path):
        return 50 if _is_partial(path) else 120
    if path.suffix == ".py":
        return 300 if path.parts[0] == "tests" else 250
    return {".css": 250, ".js": 150}.get(path.suffix)


def keeps_files_short(path: PurePosixPath, text: str) -> Iterator[str]:
    most, lines = ceiling(path), len(text.splitlines())
    if most and lines > most:
        yield f"has {lines} lines; {most} is the most"


def keeps_functions_short(path: PurePosixPath, text: str) -> Iterator[str]:
    if "migrations" in path.parts:
        return
    for function in _functions(path, text):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > FUNCTION_LINES:
            yield f"{function.name} has {lines} lines; {FUNCTION_LINES} is the most"


def keeps_utilities_few(path: PurePosixPath, text: str) -> Iterator[str]:
    if path.name == "utilities.css":
        names = set(re.findall(r"^\.([\w-]+)", text, flags=re.MULTILINE))
        if len(names) >= UTILITIES:
            yield f"has {len(names)} utilities; there should be fewer than {UTILITIES}"


# --- Names and places --------------------------------------------------------------------------------------------


def has_a_known_name(path: PurePosixPath, text: str) -> Iterator[str]:
    if path.suffix != ".py" or str(path) in NAMED_EXCEPTIONS:
        return
    if NOWHERE & set(path.with_suffix("").parts):
        yield f"has a name that says nothing ({', '.join(sorted(NOWHERE))})"
    elif path.parts[0] in APPS and path.with_suffix("").parts[1] not in NOUNS | FOLDERS:
        yield f"is none of {', '.join(sorted(NOUNS - {'__init__'}))}"


def opens_partials_with_a_comment(path: PurePosixPath, text: str) -> Iterator[str]:
    if _is_partial(path) and _is_page(path) and not text.startswith(("{#", "{% comment")):
        yield "must begin with a comment that says what it needs"


# --- Flow --------------------------------------------------------------------------------------------------------

BUILDS_QUERIES = {
    "filter",
    "exclude",
    "all",
    "annotate",
    "aggregate",
    "extra",
    "raw",
    "create",
    "bulk_create",
    "update",
}


def builds_no_query_in_views_and_tasks(path: PurePosixPath, text: str) -> Iterator[str]:
    if _is_of(path, "views") or _is_of(path, "tasks"):
        for line, name in _calls(path, text):
            if name in BUILDS_QUERIES:
                yield f"line {line}: .{name}() belongs into a queryset method or an action"


def builds_no_query_in_templates(path: PurePosixPath, text: str) -> Iterator[str]:
    if path.parts[0] == "templates":
        for found in re.findall(r"{[{%][^}]*?(\w*(?:\.objects|\.exists|_set)\b)[^}]*?[%}]}", text):
            yield f"{found} asks the database from a template"


def has_no_hidden_flow(path: PurePosixPath, text: str) -> Iterator[str]:
    if path.suffix != ".py" or path.parts[0] == "tests":
        return
    if re.search(r"^\s*(from|import) django(\.db\.models)?\.(signals|dispatch)\b", text, flags=re.MULTILINE):
        yield "uses signals; call by name instead"
    if _is_of(path, "models"):
        for function in _functions(path, text):
            if function.name in {"save", "delete"}:
                yield f"line {function.lineno}: overrides {function.name}(); an action says what else happens"


def rings_after_the_commit(path: PurePosixPath, text: str) -> Iterator[str]:
    if path.parts[0] != "tests":
        for line, name in _calls(path, text):
            if name in {"delay", "apply_async", "send_task"}:
                yield f"line {line}: .{name}() may run before the commit; use delay_on_commit"


GO_OUT = {"socket", "ssl", "http.client", "urllib.request", "ftplib", "smtplib", "xmlrpc.client", "urllib3"}
GO_OUT |= {"imaplib", "poplib", "imap_tools"}
GO_OUT |= {"requests", "requests_hardened", "httpx", "aiohttp", "pycurl", "httplib2", "advocate", "boto3", "botocore"}
MAY_GO_OUT = {"config/management/commands/run.py"}  # asks the server that it started whether it is up
MAY_GO_OUT |= {"config/storage.py"}  # says how long object storage is waited for
MAY_GO_OUT |= {"config/patience.py"}  # hangs up on a database that hangs
OPEN_CONNECTIONS = {"open_connection", "create_connection", "open_unix_connection", "urlopen", "urlretrieve"}


def goes_out_one_way(path: PurePosixPath, text: str) -> Iterator[str]:
    if path.suffix != ".py" or path.parts[0] in {"outbound", "tests"} or str(path) in MAY_GO_OUT:
        return
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom):
            names = [] if node.level else [node.module or "", *(f"{node.module}.{name}" for name in names)]
        if found := {name for name in names if name in GO_OUT or name.partition(".")[0] in GO_OUT}:
            yield f"imports {', '.join(sorted(found))}; only outbound.fetch asks other sites"
    for line, name in _calls(path, text):
        if name in OPEN_CONNECTIONS:
            yield f"line {line}: .{name}() goes past outbound.fetch"


# --- Texts -------------------------------------------------------------------------------------------------------


def has_nothing_inline(path: PurePosixPath, text: str) -> Iterator[str]:
    if not _is_page(path) or {"mail", "export"} & set(path.parts):  # a mail or a file has no stylesheet to link to
        return
    bare = _without_template_tags(text)
    if re.search(r"<script\b(?![^>]*\bsrc=)", bare, flags=re.IGNORECASE):
        yield "has an inline script"
    if re.search(r"<style\b", bare, flags=re.IGNORECASE):
        yield "has an inline stylesheet"
    for name in re.findall(r"<[a-z][^<>]*?\s(on\w+|style|hx-on[\w:-]*)\s*=", bare, flags=re.IGNORECASE):
        yield f"has an inline {name}="
    if "javascript:" in bare:
        yield "has a javascript: address"


def has_no_loose_ends(path: PurePosixPath, text: str) -> Iterator[str]:
    for word in re.findall(r"\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b", text):
        yield f"says {word}; do it or open an issue"


RULES: list[Rule] = [
    keeps_files_short,
    keeps_functions_short,
    keeps_utilities_few,
    has_a_known_name,
    opens_partials_with_a_comment,
    builds_no_query_in_views_and_tasks,
    builds_no_query_in_templates,
    has_no_hidden_flow,
    rings_after_the_commit,
    goes_out_one_way,
    has_nothing_inline,
    has_no_loose_ends,
]
