"""Which of the shared things a shelf shows, and in what order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.utils.translation import gettext_lazy as _

from .resource import Resource
from .tag import Tag

HANDLE_MAX = 30


class Order(models.TextChoices):
    NEWEST = "newest", _("Newest first")
    USEFUL = "useful", _("Most useful first")


@dataclass(frozen=True)
class Option:
    """One of the choices above a shelf: its words, and the address's query that takes it."""

    value: str
    label: Any  # translated when it is shown
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """A reader's choice, as the address keeps it; "" is any. `by` is a handle."""

    kind: str = ""
    tag: str = ""
    by: str = ""
    sort: str = Order.NEWEST

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> "Choice":
        """From an address's query; nonsense is the usual."""
        kind, sort = query.get("kind", ""), query.get("sort", "")
        tag, by = query.get("tag", "").strip().lower(), query.get("by", "").strip().lower()
        return cls(
            kind if kind in Resource.Kind.values else "",
            "" if "\0" in tag else tag[: Tag.NAME_MAX],
            "" if "\0" in by else by[:HANDLE_MAX],
            sort if sort in Order.values else Order.NEWEST,
        )

    @property
    def is_usual(self) -> bool:
        return self == Choice()

    @property
    def query(self) -> str:
        """What leads here again; "" for the usual."""
        parts = {"kind": self.kind, "tag": self.tag, "by": self.by}
        parts["sort"] = "" if self.sort == Order.NEWEST else str(self.sort)
        chosen = {name: value for name, value in parts.items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""

    @property
    def kinds(self) -> list[Option]:
        every = [("", _("All")), (Resource.Kind.LINK, _("Links")), (Resource.Kind.FILE, _("Files"))]
        return [self.option("kind", *kind) for kind in [*every, (Resource.Kind.NOTE, _("Notes"))]]

    @property
    def orders(self) -> list[Option]:
        return [self.option("sort", order.value, order.label) for order in Order]

    def tags(self, names: list[str]) -> list[Option]:
        """These tags to choose from, and in any case the chosen one; choosing it again lets it go."""
        names = names if not self.tag or self.tag in names else [self.tag, *names]
        return [self.toggle("tag", name, name) for name in names]

    def people(self, people: list[Any]) -> list[Option]:
        return [self.toggle("by", person.handle, person.name) for person in people]

    def toggle(self, field: str, value: str, label: Any) -> Option:
        option = self.option(field, value, label)
        return replace(option, query=replace(self, **{field: ""}).query or "?") if option.is_chosen else option

    def option(self, field: str, value: str, label: Any) -> Option:
        query = replace(self, **{field: value}).query or "?"
        return Option(str(value), label, query, getattr(self, field) == value)
