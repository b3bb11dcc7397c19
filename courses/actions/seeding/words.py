"""Texts for load data, put together from the sentences of the demo course: as long and as varied as real ones."""

import random
import re

import yaml

from markup import Profile, Rendered, render

from ..demo.loading import FOLDER

POSTS_POOL, UNITS_POOL = 300, 20  # different texts
SENTENCE = re.compile(r"[A-Z“][^.?!|#<>\[\]]{30,240}[.?!]”?(?=\s|$)")
NOT_PROSE = re.compile(r"^(?:[-#|!:`>\s\d\[]|[a-z]+:)")

Text = tuple[str, Rendered]


class Words:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        people = yaml.safe_load((FOLDER / "people.yaml").read_text(encoding="utf-8"))["people"]
        self.first = [person["name"].split()[0] for person in people]
        self.last = [person["name"].split()[-1] for person in people]
        lines = [line for path in sorted((FOLDER / "course").glob("*.md")) for line in path.open(encoding="utf-8")]
        prose = "\n".join(re.sub(r"\[\^\w+\]", "", line) for line in lines if not NOT_PROSE.match(line))
        self.sentences = SENTENCE.findall(prose)

    def name(self) -> str:
        return f"{self.chance.choice(self.first)} {self.chance.choice(self.last)}"

    def sentence(self) -> str:
        return self.chance.choice(self.sentences)

    def paragraph(self, most: int) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randint(1, most)))

    def posts(self, wanted: int) -> list[Text]:
        """Posts, each rendered once: most are short, some have several paragraphs, a list, a quote or code."""
        return [self.post() for _ in range(min(POSTS_POOL, wanted))]

    def post(self) -> Text:
        parts = [self.paragraph(3)]
        while self.chance.random() < 0.4 and len(parts) < 6:
            parts.append(self.piece())
        source = "\n\n".join(parts)
        return source, render(source, Profile.POST)

    def piece(self) -> str:
        kind = self.chance.choice(["paragraph", "paragraph", "list", "quote", "code"])
        if kind == "list":
            return "\n".join(f"- {self.sentence()}" for _ in range(self.chance.randint(2, 5)))
        if kind == "quote":
            return f"> {self.sentence()}"
        if kind == "code":
            return f"```text\n{self.sentence()}\n```"
        return self.paragraph(4)

    def units(self, wanted: int) -> list[Text]:
        """Units of a dozen to sixty blocks, each rendered once."""
        return [self.unit() for _ in range(min(UNITS_POOL, wanted))]

    def unit(self) -> Text:
        parts = [self.paragraph(5)]
        for _ in range(self.chance.randint(2, 8)):
            parts.append(f"## {' '.join(self.sentence().split()[:5])}")
            parts += [self.paragraph(5) for _ in range(self.chance.randint(2, 5))]
            parts.append(self.piece())
        source = "\n\n".join(parts)
        return source, render(source, Profile.UNIT)
