"""Markdown in, safe HTML out, with blocks, mentions, links and prompts found on the way."""

from .collected import collections_in, with_collections
from .difference import Change, html_changed, text_changed, words_changed
from .folding import Passage, passages
from .limits import LIMITS, Profile, TooLong
from .mailed import mailed
from .merging import Conflict, Merge, merge
from .parts import kept_parts
from .render import RENDERER_VERSION, render
from .rendered import Block, Mention, Picture, Prompt, Rendered
from .slots import headings_in, weave
from .titled import as_words, bare, folded, settle, titles_in

__all__ = [
    "LIMITS",
    "RENDERER_VERSION",
    "Block",
    "Change",
    "Conflict",
    "Mention",
    "Merge",
    "Passage",
    "Picture",
    "Profile",
    "Prompt",
    "Rendered",
    "TooLong",
    "as_words",
    "bare",
    "collections_in",
    "folded",
    "headings_in",
    "html_changed",
    "kept_parts",
    "mailed",
    "merge",
    "passages",
    "render",
    "settle",
    "text_changed",
    "titles_in",
    "weave",
    "with_collections",
    "words_changed",
]
