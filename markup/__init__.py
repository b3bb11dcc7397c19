"""Markdown in, safe HTML out, with blocks, mentions, links and prompts found on the way."""

from .difference import Change, html_changed, text_changed, words_changed
from .limits import LIMITS, Profile, TooLong
from .merging import Conflict, Merge, merge
from .render import RENDERER_VERSION, render
from .rendered import Block, Mention, Picture, Prompt, Rendered
from .slots import weave

__all__ = [
    "LIMITS",
    "RENDERER_VERSION",
    "Block",
    "Change",
    "Conflict",
    "Mention",
    "Merge",
    "Picture",
    "Profile",
    "Prompt",
    "Rendered",
    "TooLong",
    "html_changed",
    "merge",
    "render",
    "text_changed",
    "weave",
    "words_changed",
]
