"""A variable that is missing in one of our templates fails the test; Django itself would print nothing.

`{% if x %}`, `{% for … in x %}` and `{{ x|default:… }}` say that x may be missing, so they may go on doing so.
Templates of installed packages stay as lenient as their authors tested them.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.conf import settings
from django.template.base import FilterExpression, Variable, VariableDoesNotExist
from django.template.context import Context
from django.templatetags.i18n import BlockTranslateNode

resolve_variable = Variable.resolve
resolve_expression = FilterExpression.resolve
render_translation = BlockTranslateNode.render
MAY_BE_MISSING = {"default", "default_if_none"}


class Thread(threading.local):
    missing: list[Variable]  # what the expressions under way could not resolve

    def __init__(self) -> None:
        self.missing = []


thread = Thread()


class MissingVariable(Exception):
    """Not a VariableDoesNotExist: Django would swallow that."""


def origin(context: Context) -> str:
    template = context.render_context.template or context.template
    return str(template.origin.name) if template else ""


def is_ours(context: Context) -> bool:
    return origin(context).startswith(str(settings.BASE_DIR / "templates"))


def _resolve_variable(self: Variable, context: Context) -> object:
    try:
        return resolve_variable(self, context)
    except VariableDoesNotExist:
        thread.missing.append(self)
        raise


def _resolve_expression(self: FilterExpression, context: Context, ignore_failures: bool = False) -> object:
    before = len(thread.missing)
    value = resolve_expression(self, context, ignore_failures)
    failed = any(variable is self.var for variable in thread.missing[before:])
    del thread.missing[before:]
    names = {function.__name__ for function, _ in self.filters}
    if failed and not ignore_failures and not names & MAY_BE_MISSING and is_ours(context):
        raise MissingVariable(f"{{{{ {self.token} }}}} is missing in {origin(context)}")
    return value


def _render_translation(self: BlockTranslateNode, context: Context, nested: bool = False) -> str:
    known = {*self.extra_context, self.countervar}
    _, names = self.render_token_list([*self.singular, *(self.plural or [])])
    absent = [name for name in names if name not in known and name not in context]
    if absent and is_ours(context):
        raise MissingVariable(f"{absent} of {{% blocktranslate %}} are missing in {origin(context)}")
    return render_translation(self, context, nested)


@contextmanager
def strict_templates() -> Iterator[None]:
    with (
        mock.patch.object(Variable, "resolve", _resolve_variable),
        mock.patch.object(FilterExpression, "resolve", _resolve_expression),
        mock.patch.object(BlockTranslateNode, "render", _render_translation),
    ):
        yield
