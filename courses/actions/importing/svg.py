"""SVG images: parsed without entities, written anew without anything that could run."""

import re
from xml.etree import ElementTree
from xml.parsers import expat

TYPE = "image/svg+xml"
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
DEPTH_MAX = 200
ELEMENTS_MAX = 100_000
ACTIVE = {"script", "handler", "listener", "iframe", "embed", "object", "foreignobject"}
ADDRESS = re.compile(r"\s*(#|https?://|data:image/(png|jpeg|gif|webp)[;,])", re.I)
NAME = re.compile(r"\{([^}]*)\}(.*)", re.S)

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


class NotSafe(ValueError):
    """Says why, as the end of a sentence that begins with the file's name."""


def clean(data: bytes) -> bytes:
    """The image without scripts, handlers and addresses that load something. Raises NotSafe."""
    survey(data)
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError) as error:
        raise NotSafe(f"is not well-formed XML: {error}") from error
    if root.tag != f"{{{SVG}}}svg":
        raise NotSafe("is no SVG image: its first element is not svg")
    for element in root.iter():
        element[:] = [child for child in element if isinstance(child.tag, str) and local(child.tag) not in ACTIVE]
        for name, value in list(element.attrib.items()):
            if local(name).startswith("on") or (local(name) in ("href", "src") and not ADDRESS.match(value)):
                del element.attrib[name]
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def survey(data: bytes) -> None:
    """Refuse what must not be built: entities, and more than can be walked."""
    parser = expat.ParserCreate()
    survey = Survey()
    parser.StartDoctypeDeclHandler, parser.EntityDeclHandler = survey.doctype, survey.entity
    parser.StartElementHandler, parser.EndElementHandler = survey.opened, survey.closed
    try:
        parser.Parse(data, True)
    except NotSafe:
        raise
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NotSafe(f"is not well-formed XML: {error}") from error


class Survey:
    """What an XML parser meets on its way."""

    def __init__(self) -> None:
        self.depth = self.count = 0

    def doctype(self, _name: str, _system: str | None, _public: str | None, declares: int) -> None:
        """The bare one that drawing programs write declares nothing; it is left out of what we write."""
        if declares:
            self.entity()

    def entity(self, *_: object) -> None:
        raise NotSafe("declares entities in its DOCTYPE; save it without them")

    def opened(self, *_: object) -> None:
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.depth > DEPTH_MAX or self.count > ELEMENTS_MAX:
            raise NotSafe("has too many elements, or too many inside each other")

    def closed(self, *_: object) -> None:
        self.depth -= 1


def local(name: str) -> str:
    """A name without its namespace, in lower case."""
    match = NAME.match(name)
    return (match[2] if match else name).lower()
