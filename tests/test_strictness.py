"""What tests/conftest.py adds to every test does fail tests."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine, Origin, Template

from tests.house import ROOT
from tests.strict_templates import MissingVariable


def render(source: str, *, name: str = "wiki/page.html", theirs: bool = False, **context: object) -> str:
    folder = Path("/somewhere/else") if theirs else settings.BASE_DIR / "templates"
    template = Template(source, origin=Origin(str(folder / name)), engine=Engine.get_default())
    return template.render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}",
        "{{ page.missing }}",
        "{{ missing|upper }}",
        "{% with a=missing %}{% endwith %}",
        "{% if page %}{{ missing }}{% endif %}",
        "{% blocktranslate %}Hello {{ missing }}{% endblocktranslate %}",
        "{% blocktranslate %}Hello {{ page.title }}{% endblocktranslate %}",
        "{% blocktranslate count n=two %}one{% plural %}{{ n }} {{ missing }}{% endblocktranslate %}",
    ],
)
def test_a_missing_variable_in_our_templates_fails(source: str) -> None:
    with pytest.raises(MissingVariable):
        render(source, page={"title": "A"}, two=2)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ page.title }}", "A"),
        ('{{ missing|default:"B" }}', "B"),
        ("{% if missing or page.missing %}x{% else %}C{% endif %}", "C"),
        ("{% for a in missing %}x{% empty %}D{% endfor %}", "D"),
        ("{% blocktranslate with t=page.title %}Hello {{ t }}{% endblocktranslate %}", "Hello A"),
        ("{% blocktranslate count n=two %}one{% plural %}{{ n }} of {{ two }}{% endblocktranslate %}", "2 of 2"),
    ],
)
def test_what_is_there_or_may_be_missing_is_rendered(source: str, text: str) -> None:
    assert render(source, page={"title": "A"}, two=2) == text


def test_templates_of_packages_stay_lenient() -> None:
    assert render("{{ missing }}", theirs=True) == ""


INNER = """
import logging, pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache

def test_quiet(): cache.set("a", 1)
def test_cache_is_empty(): assert cache.get("a") is None
def test_error_of_ours(): logging.getLogger("wiki.actions").error("lost a page")
def test_error_of_django(): logging.getLogger("django.request").error("500")
def test_expected(logged_errors):
    logging.getLogger("wiki.actions").error("as expected")
    logged_errors.clear()
def test_naive():
    import datetime
    get_user_model()._meta.get_field("date_joined").get_prep_value(datetime.datetime(2026, 1, 1))
def test_nothing_reaches_a_broker():
    from config.celery import app
    assert app.connection().transport.driver_type == "memory"
"""


@pytest.mark.once
def test_an_error_in_the_log_and_a_naive_time_fail_a_test(tmp_path: Path) -> None:
    file = tmp_path / "test_inner.py"
    file.write_text(INNER)
    names = "_fast_passwords, _fresh_surroundings, django_db_modify_db_settings, logged_errors"
    file.with_name("conftest.py").write_text(f"from tests.conftest import {names}\n")
    command = [sys.executable, "-m", "pytest", "-q", "-c", ROOT / "pyproject.toml", file]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "lost a page" in answer.stdout
    assert "received a naive datetime" in answer.stdout
    ended = set(re.findall(r"^(?:FAILED|ERROR) \S*::(\w+)", answer.stdout, flags=re.MULTILINE))
    assert ended == {"test_error_of_ours", "test_error_of_django", "test_naive"}, answer.stdout
