"""What templates do at loading changes nothing of what they say."""

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.template.base import Node
from django.test import Client, override_settings
from django.utils import translation

from config.folding import Constant
from tests import factories as make
from tests.cast import World

UNFOLDED = copy.deepcopy(settings.TEMPLATES)
del UNFOLDED[0]["OPTIONS"]["loaders"]
UNFOLDED[0]["APP_DIRS"] = True
ONCE_ONLY = re.compile(
    r'csrfmiddlewaretoken" value="\w+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+ min ago|just now'
)

Said = Callable[..., str]


@pytest.fixture
def said(tmp_path: Path) -> Said:
    """Writes templates into a folder of their own; says what the first of them says."""

    def write(*texts: str, **names: Any) -> str:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.html").write_text(text)
        kinds = ("filesystem", "app_directories")
        loader = ("config.folding.Loader", [f"django.template.loaders.{kind}.Loader" for kind in kinds])
        engine = Engine([str(tmp_path)], loaders=[loader], builtins=settings.TEMPLATES[0]["OPTIONS"]["builtins"])
        write.template = engine.get_template("0.html")  # type: ignore[attr-defined]
        return write.template.render(Context(names))  # type: ignore[attr-defined]

    return write


def nodes(said: Said) -> list[Node]:
    return list(said.template.nodelist)  # type: ignore[attr-defined]


def test_what_always_says_the_same_is_one_text(said: Said) -> None:
    page = '<a href="{% url "today" %}">{% include "1.html" with name="bell" %}{% translate "Today" %}</a>{# aside #}'
    text = said(page, '{# Needs name. #}<use href="{% static "icons.svg" %}#{{ name }}"/>')
    assert text == '<a href="/"><use href="/static/icons.svg#bell"/>Today</a>'
    assert [type(node) for node in nodes(said)] == [Constant]


def test_it_is_one_text_for_each_language(said: Said) -> None:
    page = '<b>{% translate "January" %}</b>{% blocktranslate trimmed %}  March {% endblocktranslate %}'
    assert said(page) == "<b>January</b>March"
    with translation.override("de"):
        assert said.template.render(Context()) == "<b>Januar</b>März"  # type: ignore[attr-defined]
    assert said.template.render(Context()) == "<b>January</b>March"  # type: ignore[attr-defined]


def test_what_differs_is_asked_each_time(said: Said) -> None:
    page = '{% for n in all %}{% include "1.html" with size="big" %}{% endfor %}{{ size }}{{ n }}'
    assert said(page, "{% if n %}{% if size %}[{{ size }} {{ n }}]{% endif %}{% endif %}", all=[1, 0, "<"]) == (
        "[big 1][big &lt;]"
    )


def test_what_an_included_template_names_stays_in_it(said: Said) -> None:
    assert said('{% include "1.html" %}{{ word }}', '{% translate "April" as word %}{{ word }}') == "April"


def test_templates_may_include_themselves_and_each_other(said: Said) -> None:
    tree = {"n": 1, "below": [{"n": 2, "below": [{"n": 3, "below": []}]}]}
    outer = '{{ one.n }}{% for one in one.below %}{% include "1.html" %}{% endfor %}'
    inner = '({% include "0.html" %}){% for one in one.below %}{% include "1.html" %}{% endfor %}'
    assert said(outer, inner, one=tree) == "1(2(3))(3)"


def test_a_cycle_begins_anew_where_its_template_is_included(said: Said) -> None:
    rows = "{% for n in all %}{% cycle 'a' 'b' 'c' %}{% endfor %}"
    assert said('{% include "1.html" %}-{% include "1.html" %}', rows, all="12") == "ab-ab"


@pytest.mark.once
def test_pages_are_the_same_without(world: World, client_of: Callable[..., Client]) -> None:
    thread = make.a_thread(world.place, author=world.fay, title="What do quiet members do?")
    pages = ["/", "/c/heron/", world.place.path, thread.get_absolute_url(), "/notifications/", "/courses/", "/drafts/"]
    for person in (world.bo, world.alice):
        client = client_of(person)
        for path in pages:
            client.get(path)  # the first visit marks things as read
            folded = client.get(path).content.decode()
            with override_settings(TEMPLATES=UNFOLDED):
                plain = client.get(path).content.decode()
            assert ONCE_ONLY.sub("", folded) == ONCE_ONLY.sub("", plain), path
