"""The rules of the house hold for every file, and each rule bites."""

import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.template.loader import get_template

from tests import house
from tests.house import ROOT, RULES, Rule


def complaints(rule: Rule, path: str, text: str) -> list[str]:
    return list(rule(PurePosixPath(path), text))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rule(rule: Rule) -> None:
    found = [f"{path} {complaint}" for path, text in house.files() for complaint in rule(path, text)]
    assert not found, "\n".join(found)


def test_every_kind_of_file_is_looked_at() -> None:
    kinds = {path.suffix for path, _ in house.files()}
    assert {".py", ".html", ".css", ".js"} <= kinds


LONG_FUNCTION = "def f():\n" + "    pass\n" * 40
BAD = [
    (house.keeps_files_short, "wiki/models.py", "\n" * 251),
    (house.keeps_files_short, "config/settings.py", "\n" * 251),
    (house.keeps_files_short, "tests/wiki/test_edit.py", "\n" * 301),
    (house.keeps_files_short, "templates/wiki/page.html", "\n" * 121),
    (house.keeps_files_short, "templates/wiki/_page.html", "\n" * 51),
    (house.keeps_files_short, "templates/pieces/face.html", "\n" * 51),
    (house.keeps_files_short, "static/css/pieces/face.css", "\n" * 251),
    (house.keeps_files_short, "static/js/talk.js", "\n" * 151),
    (house.keeps_functions_short, "wiki/models.py", LONG_FUNCTION),
    (house.keeps_functions_short, "wiki/models.py", "async " + LONG_FUNCTION),
    (house.keeps_functions_short, "tests/test_a.py", "class A:\n" + LONG_FUNCTION.replace("def", "  def")),
    (house.keeps_utilities_few, "static/css/utilities.css", "".join(f".u{n} {{ }}\n" for n in range(30))),
    (house.has_a_known_name, "wiki/merging.py", ""),
    (house.has_a_known_name, "wiki/merging/text.py", ""),
    (house.has_a_known_name, "wiki/models/utils.py", ""),
    (house.has_a_known_name, "config/helpers.py", ""),
    (house.has_a_known_name, "wiki/adapter.py", ""),
    (house.opens_partials_with_a_comment, "templates/wiki/_page.html", "<p>\n{# late #}"),
    (house.opens_partials_with_a_comment, "templates/pieces/face.html", "<p></p>"),
    (house.builds_no_query_in_views_and_tasks, "wiki/views.py", "a = Page.objects.filter(b=1)"),
    (house.builds_no_query_in_views_and_tasks, "courses/views/unit.py", "a = Page.objects.all()"),
    (house.builds_no_query_in_views_and_tasks, "wiki/tasks.py", "Page.objects.with_a().exclude(b=1)"),
    (house.builds_no_query_in_views_and_tasks, "wiki/views.py", "Page.objects.create(b=1)"),
    (house.builds_no_query_in_templates, "templates/wiki/page.html", "{% for a in b.c_set.all %}"),
    (house.builds_no_query_in_templates, "templates/wiki/page.html", "{% if a.b.exists %}"),
    (house.has_no_hidden_flow, "wiki/apps.py", "from django.db.models.signals import post_save"),
    (house.has_no_hidden_flow, "wiki/apps.py", "from django.dispatch import receiver"),
    (house.has_no_hidden_flow, "wiki/models/page.py", "class A:\n    def save(self): pass"),
    (house.rings_after_the_commit, "wiki/actions.py", "fan_out.delay(1)"),
    (house.rings_after_the_commit, "wiki/tasks.py", "fan_out.apply_async((1,))"),
    (house.goes_out_one_way, "wiki/actions.py", "import requests"),
    (house.goes_out_one_way, "wiki/tasks.py", "def f():\n    from urllib.request import urlopen"),
    (house.goes_out_one_way, "config/views.py", "from urllib import request"),
    (house.goes_out_one_way, "markup/code.py", "import http.client as h"),
    (house.goes_out_one_way, "wiki/models.py", "from requests.adapters import HTTPAdapter"),
    (house.goes_out_one_way, "notifications/mail/reading.py", "from imap_tools import MailBox"),
    (house.goes_out_one_way, "wiki/consumers.py", "await asyncio.open_connection('a', 80)"),
    (house.has_nothing_inline, "templates/a.html", "<script>go()</script>"),
    (house.has_nothing_inline, "templates/a.html", "<style>p { }</style>"),
    (house.has_nothing_inline, "templates/a.html", '<p class="{% if a > b %}x{% endif %}" style="a: b">'),
    (house.has_nothing_inline, "templates/a.html", '<a\n  onclick="go()">'),
    (house.has_nothing_inline, "templates/a.html", '<a hx-on:click="go()">'),
    (house.has_nothing_inline, "templates/a.html", '<a href="javascript:go()">'),
    (house.has_no_loose_ends, "wiki/models.py", "# TO{}O: think".format("D")),
    (house.has_no_loose_ends, "static/js/talk.js", "// FIX{}E".format("M")),
]
GOOD = [
    (house.keeps_files_short, "wiki/models.py", "\n" * 250),
    (house.keeps_files_short, "wiki/migrations/0001_initial.py", "\n" * 900),
    (house.keeps_functions_short, "wiki/models.py", "def f():\n" + "    pass\n" * 39),
    (house.has_a_known_name, "wiki/models/page.py", ""),
    (house.has_a_known_name, "accounts/adapter.py", ""),
    (house.has_a_known_name, "courses/management/commands/import_course.py", ""),
    (house.has_a_known_name, "markup/directives.py", ""),
    (house.opens_partials_with_a_comment, "templates/wiki/_page.html", "{# Needs page. #}\n<p>"),
    (house.builds_no_query_in_views_and_tasks, "wiki/views.py", "Page.objects.visible_to(user).by_title()"),
    (house.builds_no_query_in_views_and_tasks, "wiki/models.py", "self.filter(a=1)"),
    (house.builds_no_query_in_templates, "templates/a.html", "{{ page.objectives }} {{ unit.settings }}"),
    (house.has_no_hidden_flow, "wiki/forms.py", "class A:\n    def save(self): pass"),
    (house.rings_after_the_commit, "wiki/actions.py", "fan_out.delay_on_commit(1)"),
    (house.goes_out_one_way, "wiki/actions.py", "from http import HTTPStatus\nfrom urllib.parse import quote"),
    (house.goes_out_one_way, "wiki/actions.py", "from . import requests\nfrom outbound import fetch"),
    (house.goes_out_one_way, "outbound/wire.py", "import socket"),
    (house.has_nothing_inline, "templates/a.html", '<script src="a.js" defer></script> style="not a tag"'),
    (house.has_nothing_inline, "templates/a/mail/b.html", '<p style="a: b">'),
    (house.has_nothing_inline, "templates/a/export/b.html", "<style>p { }</style>"),
]


@pytest.mark.parametrize(("rule", "path", "text"), BAD)
def test_each_rule_bites(rule: Rule, path: str, text: str) -> None:
    assert complaints(rule, path, text)


@pytest.mark.parametrize(("rule", "path", "text"), GOOD)
def test_no_rule_bites_what_is_good(rule: Rule, path: str, text: str) -> None:
    assert complaints(rule, path, text) == []


def test_every_rule_has_a_sample_that_breaks_it() -> None:
    assert {rule for rule, _, _ in BAD} == set(RULES)


# --- What looks at the whole ---------------------------------------------------------------------------------------


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True)


def test_imports_go_one_way() -> None:
    answer = lint_imports(ROOT)
    assert answer.returncode == 0, answer.stdout


def test_an_import_the_other_way_is_found(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in [*house.APPS, "config", "markup", "outbound", "pieces"]:
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    assert lint_imports(tmp_path).returncode == 0
    (tmp_path / "markup" / "__init__.py").write_text("import courses\n")
    answer = lint_imports(tmp_path)
    assert answer.returncode == 1
    assert "markup -> courses" in answer.stdout


def undocumented(folder: Path, page: str) -> set[str]:
    """Direct dependencies without a row in the page's tables."""
    lines = [line for name in ("requirements.in", "requirements-dev.in") for line in (folder / name).open()]
    names = {re.split(r"[\[<>=~; \n]", line)[0] for line in lines if re.match(r"\w", line)}
    rows = set(re.findall(r"[\w-]+", " ".join(re.findall(r"^\| ([^|]+) \|", page, flags=re.MULTILINE))))
    return names - rows


def test_each_dependency_has_its_line() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text()
    assert undocumented(ROOT, page) == set()


def test_a_dependency_without_a_line_is_found() -> None:
    assert "nh3" in undocumented(ROOT, "| Django 5.2 LTS | the framework |\nnh3 is named in running text only")


def test_every_template_compiles() -> None:
    for path, _ in house.files():
        if path.parts[0] == "templates":
            get_template("/".join(path.parts[1:]))


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_a_model_that_no_migration_knows_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(get_user_model()._meta.get_field("email"), "max_length", 7)
    with pytest.raises(SystemExit):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
