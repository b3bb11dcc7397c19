"""Mail: how a message is put together. What it says is for whoever writes it."""

from .answering import reply_address
from .composing import compose
from .incoming import read_message
from .wording import own_words, text_in

__all__ = ["compose", "own_words", "read_message", "reply_address", "text_in"]
