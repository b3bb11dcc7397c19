"""Markdown in, safe HTML out, with blocks, mentions, links and prompts found on the way."""

from .limits import LIMITS, Profile, TooLong
from .render import RENDERER_VERSION, render
from .rendered import Block, Mention, Picture, Prompt, Rendered
from .slots import weave

__all__ = [
    "LIMITS",
    "RENDERER_VERSION",
    "Block",
    "Mention",
    "Picture",
    "Profile",
    "Prompt",
    "Rendered",
    "TooLong",
    "render",
    "weave",
]
