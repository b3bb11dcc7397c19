"""Whether everybody got what they were to get, once."""

from collections import defaultdict
from dataclasses import dataclass, field

from tests.chaos.sink import Taken


@dataclass
class Verdict:
    """What came in against what was `expected` (address → tokens); `allowed` is how many may have come twice."""

    mails: list[Taken]
    expected: dict[str, set[str]]
    allowed: int
    complaints: list[str] = field(default_factory=list)
    twice: int = 0

    def __post_init__(self) -> None:
        kept: dict[str, list[Taken]] = defaultdict(list)
        for mail in self.mails:
            if mail.is_kept:
                kept[mail.to].append(mail)
        for stranger in kept.keys() - self.expected.keys():
            self.complaints.append(f"{stranger} was to get no mail at all")
        for address, tokens in self.expected.items():
            self.complaints += [f"{address}: {problem}" for problem in self.judge(kept[address], tokens)]
        if self.twice > self.allowed:
            self.complaints.append(f"{self.twice} mails came twice; {self.allowed} is the most")

    def judge(self, mails: list[Taken], tokens: set[str]) -> list[str]:
        """What is wrong with the mails of one person."""
        by_id = {mail.message_id: mail for mail in mails}
        self.twice += len(mails) - len(by_id)
        problems = []
        if len(by_id) > 1:
            problems.append(f"{len(by_id)} different mails ({', '.join(mail.subject for mail in by_id.values())})")
        if mails and not tokens:
            problems.append("a mail with nothing in it")
        for mail in by_id.values():
            if more := set(mail.told) - tokens:
                problems.append(f"told {len(more)} things that were not to be told")
            if again := len(mail.told) - len(set(mail.told)):
                problems.append(f"told {again} things twice in one mail")
        if missing := tokens - {token for mail in mails for token in mail.told}:
            problems.append(f"{len(missing)} of {len(tokens)} things are missing")
        return problems


def lost(verdict: Verdict) -> int:
    """How many people who were to get something got nothing."""
    reached = {mail.to for mail in verdict.mails if mail.is_kept}
    return sum(1 for address, tokens in verdict.expected.items() if tokens and address not in reached)
