"""YAML with the line of each value, so that what is wrong can be named with its line.

Values are taken as written: `title: No` is the title "No", and an anchor that is repeated is not unfolded.
"""

import re

import yaml

from .report import Notes

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
SLUG = re.compile(r"[A-Za-z0-9_-]+")
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?")


class Fields:
    """The values of a YAML mapping. What is missing is empty; what is wrong is noted as a problem and empty too."""

    def __init__(self, text: str, path: str, notes: Notes, *, first_line: int = 1) -> None:
        self.path, self.notes, self.first_line = path, notes, first_line
        self.nodes: dict[str, yaml.Node] = {}
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            line = first_line + (mark.line if mark else 0)
            notes.problem(path, line, f"is not YAML: {getattr(error, 'problem', None) or 'too deep or too odd'}")
            return
        if isinstance(root, yaml.MappingNode):
            self.nodes = {key.value: value for key, value in root.value if isinstance(key, yaml.ScalarNode)}
        elif root is not None:
            notes.problem(path, first_line, "should hold lines like `title: The first week`")

    def line(self, name: str) -> int:
        return self.first_line + self.nodes[name].start_mark.line if name in self.nodes else 0

    def wrong(self, name: str, reason: str) -> None:
        self.notes.problem(self.path, self.line(name), f"`{name}` {reason}")

    def text(self, name: str, *, longest: int) -> str:
        """A value in one line."""
        node = self.nodes.get(name)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(name, "should be a text")
            return ""
        words = plain(node.value)
        if words in ("~", "null"):
            return ""
        if len(words) > longest:
            self.wrong(name, f"has {len(words)} characters, at most {longest} are allowed")
            return ""
        return words

    def slug(self, name: str, *, longest: int) -> str:
        slug = self.text(name, longest=longest)
        if slug and not SLUG.fullmatch(slug):
            self.wrong(name, "may hold letters from a to z, numbers, - and _ only, since it is part of an address")
            return ""
        return slug.lower()

    def number(self, name: str) -> float | None:
        written = self.text(name, longest=40)
        if written and not NUMBER.fullmatch(written):
            self.wrong(name, "should be a number")
            return None
        return float(written) if written else None

    def texts(self, name: str, *, longest: int) -> list[tuple[str, int]]:
        """The values of a list with their lines."""
        node = self.nodes.get(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and plain(node.value) in ("", "~", "null")):
            return []
        if not isinstance(node, yaml.SequenceNode) or not all(isinstance(n, yaml.ScalarNode) for n in node.value):
            self.wrong(name, "should be a list")
            return []
        found = [(plain(item.value), self.first_line + item.start_mark.line) for item in node.value]
        for words, line in found:
            if len(words) > longest:
                self.notes.problem(self.path, line, f"has {len(words)} characters, at most {longest} are allowed")
        return found


def plain(text: str) -> str:
    """In one line, without characters that no page shows and no database takes."""
    return " ".join(CONTROLS.sub(" ", text).split())
