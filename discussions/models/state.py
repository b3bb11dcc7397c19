"""By what an open page sees that it is behind: short words that change whenever something else shows of a thing."""

from typing import Any


def joined(*facts: Any) -> str:
    return " ".join(str(int(fact)) if isinstance(fact, bool) else str(fact) for fact in facts)


class PostState:
    """Of a post: its wording, whether it stands, and what was left on it."""

    @property
    def state(self: Any) -> str:
        words = self.helped_count, self.me_too_count, self.thanks_count
        return joined(self.version, self.is_gone, bool(self.hidden_at), self.is_accepted, *words)


class TermsState:
    """Of a thread: whether it takes words, and on what terms it is held."""

    @property
    def terms_state(self: Any) -> str:
        times = self.slow_minutes, self.opens_at, self.closes_at, self.current_until
        return joined(self.is_open, self.is_anonymous, self.is_read_quietly, *times)
