"""Templates that do at loading what would come out the same each time.

A page is rendered from some thousand nodes, most of which say the same to everybody: words, icons, addresses of static
files. This loader folds neighbours of that kind into one text for each language, and puts what is included in its
place, so that no time goes into finding it. Templates are written, tested and read as ever; nothing here decides what
anybody sees.
"""

import threading
from typing import Any

from django.template import Context, Engine, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable, VariableNode
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.template.loaders.base import Loader as BaseLoader
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

SAYS_NOTHING = (CommentNode, LoadNode)
STANDS_ALONE = {"CycleNode", "ResetCycleNode", "IfChangedNode"}  # what these remember belongs to one template

Names = dict[str, Any]
Same = list[tuple[Node, Names]]  # nodes that always say the same, each with the names that it was included with


class Constant(Node):
    """What neighbours that always say the same say, once for each language."""

    child_nodelists = ()

    def __init__(self, same: Same) -> None:
        self.same, self.texts = same, {}  # type: ignore[var-annotated]
        self.token, self.origin = same[0][0].token, same[0][0].origin

    def render(self, context: Context) -> SafeString:
        key = get_language(), get_urlconf()
        text = self.texts.get(key)
        if text is None:
            said = "".join(node.render(told(names, context)) for node, names in self.same)
            self.texts[key] = text = SafeString(said)
        return text


def told(names: Names, context: Context) -> Context:
    """A context in which nothing is known but `names`."""
    alone = Context(names)
    alone.template = context.template
    return alone


class Inlined(Node):
    """What an include says, without looking for it each time."""

    child_nodelists = ("nodelist",)

    def __init__(self, include: IncludeNode, nodelist: NodeList) -> None:
        self.names, self.nodelist = tuple(include.extra_context.items()), nodelist
        self.token, self.origin = include.token, include.origin

    def render(self, context: Context) -> SafeString:
        context.dicts.append({name: value.resolve(context) for name, value in self.names})
        try:
            return self.nodelist.render(context)
        finally:
            context.dicts.pop()


class UnderWay(threading.local):
    """The templates that a thread is folding: one within the other, as they include each other."""

    def __init__(self) -> None:
        self.names: list[str] = []


under_way = UnderWay()


class Folded(BaseLoader):
    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        if type(template.origin.loader).__module__.endswith(".filesystem"):  # our own; packages' stay as they are
            under_way.names.append(template_name)
            try:
                Folding(template.engine).fold(template.nodelist)
            finally:
                under_way.names.pop()
        return template


class Loader(CachedLoader, Folded):
    """Reads templates by other loaders, folds them, and keeps them."""


class Folding:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def fold(self, nodelist: NodeList) -> None:
        """Fold it in place."""
        folded: list[Node] = []
        same: Same = []
        for node in nodelist:
            if isinstance(node, SAYS_NOTHING):
                continue
            found = self.same(node, {})
            if found is not None:
                same += found
                continue
            folded += closed(same)
            same = []
            folded.append(self.inlined(node))
        nodelist[:] = [*folded, *closed(same)]

    def inlined(self, node: Node) -> Node:
        if isinstance(node, IncludeNode) and not node.isolated_context and (found := self.included(node)):
            return Inlined(node, found.nodelist)
        if isinstance(node, IfNode):
            for _condition, nodelist in node.conditions_nodelists:
                self.fold(nodelist)
            return node
        for name in node.child_nodelists:
            if inner := getattr(node, name, None):
                self.fold(inner)
        return node

    def same(self, node: Node, names: Names) -> Same | None:
        """The nodes that stand for `node`, where it always says the same when `names` are known; else None."""
        if isinstance(node, TextNode | StaticNode | URLNode | TranslateNode | BlockTranslateNode):
            return [(node, names)] if SAME[type(node)](node) else None
        if isinstance(node, VariableNode):
            return [(node, names)] if is_one_of(node.filter_expression, names) else None
        if isinstance(node, Constant):
            return [(inner, names | known) for inner, known in node.same]
        if isinstance(node, IncludeNode) and all(map(is_literal, node.extra_context.values())):
            values = {name: value.resolve(Context()) for name, value in node.extra_context.items()}
            return self.same_of_all(node, names | values)
        return None

    def same_of_all(self, include: IncludeNode, names: Names) -> Same | None:
        template = self.included(include)
        parts = [self.same(node, names) for node in template.nodelist] if template else [None]
        return None if any(part is None for part in parts) else [one for part in parts for one in part or ()]

    def included(self, include: IncludeNode) -> Template | None:
        """The template that is always included there, folded; None where it isn't sure, or can't stand in another."""
        if not is_literal(include.template):
            return None
        name = str(include.template.resolve(Context()))
        if name.startswith(".") or name in under_way.names:
            return None
        template = self.engine.get_template(name)
        return template if stands_in_another(template.nodelist) else None


def closed(same: Same) -> list[Node]:
    """As few nodes as `same` come to."""
    if not same:
        return []
    if all(isinstance(node, TextNode) for node, _names in same):
        text = TextNode("".join(node.s for node, _names in same))  # type: ignore[attr-defined]
        text.token, text.origin = same[0][0].token, same[0][0].origin
        return [text]
    return [Constant(same)]


def stands_in_another(nodelist: NodeList) -> bool:
    found = nodelist.get_nodes_by_type(Node)
    return not any(isinstance(n, BlockNode | ExtendsNode) or type(n).__name__ in STANDS_ALONE for n in found)


def is_literal(value: FilterExpression) -> bool:
    return not value.filters and (not value.is_var or value.var.literal is not None)


def is_one_of(value: FilterExpression, names: Names) -> bool:
    return not value.filters and isinstance(value.var, Variable) and value.var.lookups in [(name,) for name in names]


def is_plain_url(node: URLNode) -> bool:
    return not node.args and not node.kwargs and not node.asvar and is_literal(node.view_name)


def is_plain_word(node: TranslateNode) -> bool:
    return not node.asvar and is_literal(node.filter_expression) and is_plain_context(node)


def is_plain_words(node: BlockTranslateNode) -> bool:
    plain = not node.extra_context and not node.asvar and not node.plural and is_plain_context(node)
    return plain and not node.render_token_list(node.singular)[1]


def is_plain_context(node: Any) -> bool:
    return node.message_context is None or is_literal(node.message_context)


SAME: dict[type, Any] = {
    TextNode: lambda node: True,
    StaticNode: lambda node: node.varname is None and is_literal(node.path),
    URLNode: is_plain_url,
    TranslateNode: is_plain_word,
    BlockTranslateNode: is_plain_words,
}
